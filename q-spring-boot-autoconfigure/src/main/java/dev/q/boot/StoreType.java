package dev.q.boot;

/**
 * Which store Q uses.
 *
 * @since 0.1
 */
public enum StoreType {

	/** In this process: nothing to install, and gone when the process ends. */
	MEMORY,

	/** On a Redis server, Sentinel or Cluster, which processes share. */
	REDIS,

	/** In a PostgreSQL database, beside the data of the application. */
	POSTGRES

}

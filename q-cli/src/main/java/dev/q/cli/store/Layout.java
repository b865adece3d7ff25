package dev.q.cli.store;

import java.util.List;

/**
 * How one store of the configuration keeps its jobs, and what its server lacks for it.
 *
 * @since 0.1
 */
public interface Layout {

	/**
	 * Where the configuration names the store.
	 * @return {@code q.store}, or {@code q.stores.} and a name
	 */
	String key();

	/**
	 * Where the jobs are.
	 * @return a text for people
	 */
	String place();

	/**
	 * All steps that make the layout, for the one who runs them by hand.
	 * @return their names, in their order; empty if the server needs none
	 */
	List<String> steps();

	/**
	 * The steps that the server lacks. Nothing is changed.
	 * @return their names, in their order
	 * @throws dev.q.store.StoreException if the server cannot be reached or used, or
	 * holds a newer layout
	 */
	List<String> missing();

	/**
	 * Runs the steps that the server lacks.
	 * @return their names, in their order
	 * @throws dev.q.store.StoreException if the server cannot be reached or used, or
	 * holds a newer layout
	 */
	List<String> migrate();

	/**
	 * Steps as somebody else can run them. Nothing is connected.
	 * @param steps their names
	 * @return one text
	 */
	String sql(List<String> steps);

}

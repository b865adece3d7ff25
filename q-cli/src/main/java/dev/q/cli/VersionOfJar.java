package dev.q.cli;

import picocli.CommandLine.IVersionProvider;

/**
 * The version, as the manifest of the jar tells it.
 */
final class VersionOfJar implements IVersionProvider {

	@Override
	public String[] getVersion() {
		String version = VersionOfJar.class.getPackage().getImplementationVersion();
		return new String[] { "q " + ((version != null) ? version : "(not packaged)") };
	}

}

package dev.q.handler;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Code that is compiled while a test runs, and loaded by a loader of its own.
 */
final class SourceModule {

	private static final String CALLER = """
			package far;
			import dev.q.HandlerReference;
			import dev.q.JobHandler;
			public class Caller {
				@JobHandler("far") void run(String text) {}
				void other(Gone gone) {}
				public static HandlerReference reference() {
					HandlerReference.OfBean<Caller, String> reference = Caller::run;
					return reference;
				}
			}
			class Gone {}
			""";

	private final Path directory;

	SourceModule(Path directory) {
		this.directory = directory;
	}

	/** A class loader that nobody else knows, with a class {@code far.Caller}. */
	ClassLoader loader() throws IOException {
		compile(List.of(Files.writeString(this.directory.resolve("Caller.java"), CALLER)));
		return new URLClassLoader(new URL[] { this.directory.toUri().toURL() }, SourceModule.class.getClassLoader());
	}

	/** A named module that opens nothing, with the same class. */
	ClassLoader closedModule() throws IOException {
		compile(List.of(Files.writeString(this.directory.resolve("Caller.java"), CALLER),
				Files.writeString(this.directory.resolve("module-info.java"), "module far { exports far; }")),
				"--add-reads", "far=ALL-UNNAMED");
		Configuration configuration = ModuleLayer.boot()
			.configuration()
			.resolve(ModuleFinder.of(this.directory), ModuleFinder.of(), Set.of("far"));
		ModuleLayer.Controller layer = ModuleLayer.defineModulesWithOneLoader(configuration,
				List.of(ModuleLayer.boot()), SourceModule.class.getClassLoader());
		Module module = layer.layer().findModule("far").orElseThrow();
		layer.addReads(module, SourceModule.class.getModule());
		return module.getClassLoader();
	}

	private void compile(List<Path> sources, String... options) {
		List<String> arguments = new ArrayList<>(
				List.of("-cp", System.getProperty("java.class.path"), "-proc:none", "-d", this.directory.toString()));
		arguments.addAll(List.of(options));
		sources.forEach((source) -> arguments.add(source.toString()));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
			throw new AssertionError("The source does not compile");
		}
	}

}

package dev.q.test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Threads that start at the same moment, over and over. Nobody is waited for longer than
 * two minutes after the last arrival.
 *
 * @since 0.1
 */
public final class Race implements AutoCloseable {

	private static final long PATIENCE_IN_SECONDS = 120;

	private final ExecutorService threads;

	private Race(int runners) {
		this.threads = Executors.newFixedThreadPool(runners);
	}

	/**
	 * Lets runners race once.
	 * @param <T> what a runner brings home
	 * @param runners how many there are
	 * @param runner makes a runner of its number, from 0 on
	 * @return what each brought home, in the order of their numbers
	 */
	public static <T> List<T> of(int runners, IntFunction<Callable<T>> runner) {
		try (Race race = between(runners)) {
			return race.run(IntStream.range(0, runners).mapToObj(runner).toList());
		}
	}

	/**
	 * Prepares races between a fixed number of runners.
	 * @param runners how many there are
	 * @return the race, to be closed
	 */
	public static Race between(int runners) {
		return new Race(runners);
	}

	/**
	 * Lets runners start together and waits for all.
	 * @param <T> what a runner brings home
	 * @param runners not more than were announced
	 * @return what each brought home, in their order
	 */
	public <T> List<T> run(Collection<? extends Callable<T>> runners) {
		CyclicBarrier start = new CyclicBarrier(runners.size());
		List<Callable<T>> lined = new ArrayList<>();
		for (Callable<T> runner : runners) {
			lined.add(() -> {
				start.await(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
				return runner.call();
			});
		}
		return resultsOf(lined);
	}

	/** The first one that stumbles ends the race: others may wait for him for ever. */
	private <T> List<T> resultsOf(List<Callable<T>> runners) {
		ExecutorCompletionService<T> arrivals = new ExecutorCompletionService<>(this.threads);
		List<Future<T>> futures = runners.stream().map(arrivals::submit).toList();
		try {
			for (int running = futures.size(); running > 0; running--) {
				Future<T> arrived = arrivals.poll(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
				if (arrived == null) {
					throw new AssertionError(running + " of " + futures.size() + " runners still ran after "
							+ PATIENCE_IN_SECONDS + " s without an arrival");
				}
				arrived.get();
			}
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get());
			}
			return results;
		}
		catch (ExecutionException ex) {
			throw new AssertionError("A runner stumbled", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("The race was interrupted", ex);
		}
		finally {
			futures.forEach((future) -> future.cancel(true));
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}

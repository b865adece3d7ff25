package dev.q.spring;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import dev.q.JobReceipt;
import dev.q.schedule.ScheduleDetails;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import org.jspecify.annotations.Nullable;

/**
 * Schedules that can be injected before the handlers are known, since handlers themselves
 * inject them. Those behind them are made at the first call.
 *
 * @since 0.1
 */
public final class DeferredSchedules implements Schedules {

	private final Supplier<Schedules> source;

	private volatile @Nullable Schedules schedules;

	/**
	 * Makes schedules.
	 * @param source makes those behind them; called until it succeeds
	 */
	public DeferredSchedules(Supplier<Schedules> source) {
		this.source = source;
	}

	@Override
	public void upsertAll(Collection<ScheduleRequest> requests) {
		schedules().upsertAll(requests);
	}

	@Override
	public void check(ScheduleRequest request) {
		schedules().check(request);
	}

	@Override
	public boolean remove(String name) {
		return schedules().remove(name);
	}

	@Override
	public List<ScheduleDetails> list() {
		return schedules().list();
	}

	@Override
	public boolean pause(String name) {
		return schedules().pause(name);
	}

	@Override
	public boolean resume(String name) {
		return schedules().resume(name);
	}

	@Override
	public JobReceipt trigger(String name) {
		return schedules().trigger(name);
	}

	@Override
	public List<Instant> preview(String name, int count) {
		return schedules().preview(name, count);
	}

	private Schedules schedules() {
		Schedules made = this.schedules;
		if (made == null) {
			made = this.source.get();
			this.schedules = made;
		}
		return made;
	}

}

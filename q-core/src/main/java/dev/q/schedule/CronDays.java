package dev.q.schedule;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The days that a cron text matches.
 */
record CronDays(CronField daysOfMonth, CronField months, CronField daysOfWeek) {

	/** Between two 29th of February there are 8 years at most, as around 2100. */
	private static final int YEARS = 9;

	private static final int SUNDAY = 7;

	/**
	 * The first day that matches.
	 * @param from where to start
	 * @return this day or a later one; empty if there never is one
	 */
	Optional<LocalDate> atOrAfter(LocalDate from) {
		LocalDate end = from.plusYears(YEARS);
		LocalDate day = from;
		while (day.isBefore(end)) {
			if (!this.months.has(day.getMonthValue())) {
				day = day.withDayOfMonth(1).plusMonths(1);
			}
			else if (matches(day)) {
				return Optional.of(day);
			}
			else {
				day = day.plusDays(1);
			}
		}
		return Optional.empty();
	}

	private boolean matches(LocalDate day) {
		boolean ofMonth = this.daysOfMonth.has(day.getDayOfMonth());
		boolean ofWeek = this.daysOfWeek.has(day.getDayOfWeek().getValue() % SUNDAY);
		boolean isEither = !this.daysOfMonth.isStar() && !this.daysOfWeek.isStar();
		return isEither ? ofMonth || ofWeek : ofMonth && ofWeek;
	}

}

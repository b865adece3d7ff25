package dev.q.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/**
 * The times on a clock on the wall that a cron text matches, whatever a zone makes of
 * them.
 */
record CronTimes(CronField seconds, CronField minutes, CronField hours, CronDays days) {

	/**
	 * Whether the text names certain times of the day: neither its minute nor its hour
	 * starts with a star.
	 */
	boolean areCertain() {
		return !this.minutes.isStar() && !this.hours.isStar();
	}

	/**
	 * The first time that matches.
	 * @param from where to start, in whole seconds
	 * @return this time or a later one
	 */
	LocalDateTime atOrAfter(LocalDateTime from) {
		LocalDate day = this.days.atOrAfter(from.toLocalDate()).orElseThrow();
		if (day.equals(from.toLocalDate())) {
			Optional<LocalTime> time = atOrAfter(from.toLocalTime());
			if (time.isPresent()) {
				return day.atTime(time.get());
			}
			day = this.days.atOrAfter(day.plusDays(1)).orElseThrow();
		}
		return day.atTime(atOrAfter(LocalTime.MIDNIGHT).orElseThrow());
	}

	private Optional<LocalTime> atOrAfter(LocalTime from) {
		for (int hour = this.hours.next(from.getHour()); hour >= 0; hour = this.hours.next(hour + 1)) {
			boolean sameHour = hour == from.getHour();
			int minute = this.minutes.next(sameHour ? from.getMinute() : 0);
			while (minute >= 0) {
				int second = this.seconds.next((sameHour && minute == from.getMinute()) ? from.getSecond() : 0);
				if (second >= 0) {
					return Optional.of(LocalTime.of(hour, minute, second));
				}
				minute = this.minutes.next(minute + 1);
			}
		}
		return Optional.empty();
	}

}

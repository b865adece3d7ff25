package dev.q.benchmark;

import dev.q.JobHandler;

/**
 * The payload of all benchmarks: about 100 bytes of JSON.
 *
 * @param to an address
 * @param subject a line
 * @param template a name
 * @param order a number
 */
record Mail(String to, String subject, String template, int order) {

	static Mail of(int order) {
		return new Mail("somebody@example.org", "Your order was sent", "order-sent", order);
	}

	/**
	 * The handler of all benchmarks: it is given the payload, and does nothing.
	 */
	static final class Nothing {

		@JobHandler("mail")
		void handle(Mail mail) {
		}

	}

}

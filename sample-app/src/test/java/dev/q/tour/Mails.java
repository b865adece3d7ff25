package dev.q.tour;

/**
 * Whatever sends mails.
 */
interface Mails {

	void send(String address, String text);

}

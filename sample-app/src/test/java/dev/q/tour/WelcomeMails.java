package dev.q.tour;

import dev.q.JobHandler;
import dev.q.PermanentJobException;

import org.springframework.stereotype.Component;

@Component
class WelcomeMails {

	private final Mails mails;

	WelcomeMails(Mails mails) {
		this.mails = mails;
	}

	@JobHandler(value = "welcome-email", queue = "mail")
	void send(Welcome welcome) {
		if (!welcome.address().contains("@")) {
			throw new PermanentJobException("This is no address, and never will be one");
		}
		this.mails.send(welcome.address(), "Welcome!");
	}

}

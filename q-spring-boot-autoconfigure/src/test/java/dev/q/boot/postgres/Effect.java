package dev.q.boot.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;

/**
 * What is in the table of a {@link Database}.
 */
@Entity
class Effect {

	@Id
	private String what = "";

	/** Called when the row is written. */
	@Transient
	Runnable onPersist = () -> {
	};

	Effect() {
		// for JPA
	}

	Effect(String what) {
		this.what = what;
	}

	@PostPersist
	void persisted() {
		this.onPersist.run();
	}

}

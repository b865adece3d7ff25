package dev.q.store.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.job.QueueName;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who listens to several stores, one of which was away then.
 */
class LateSubscriptionTests {

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private final Scene scene = Scene.onOneThread();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void whoSubscribedWhileAStoreWasAwayHearsOfItWhenItIsBack() {
		List<QueueName> heard = new ArrayList<>();
		this.scene.second.goAway();
		Subscription subscription = this.scene.stores.work().subscribe(Scene.WORKER, (queue) -> heard.add(queue));
		this.scene.second.comeBack();
		this.scene.pass(PAUSE);
		this.scene.claim(1, Scene.WORK, Scene.MAIL);
		this.scene.claim(1, Scene.WORK, Scene.MAIL);

		this.scene.enqueue(Scene.MAIL);
		subscription.close();
		this.scene.enqueue(Scene.BULK);

		assertThat(heard).containsExactly(Scene.MAIL);
	}

	@Test
	void whoIsSubscribedLateIsToldToLookAnew() {
		AtomicInteger looks = new AtomicInteger();
		this.scene.second.goAway();
		this.scene.stores.work().subscribe(Scene.WORKER, new StoreListener() {

			@Override
			public boolean jobsReady(QueueName queue) {
				return true;
			}

			@Override
			public void lookAnew() {
				looks.incrementAndGet();
			}

		});
		int before = looks.get();
		this.scene.second.comeBack();
		this.scene.pass(PAUSE);
		this.scene.claim(1, Scene.WORK, Scene.MAIL);
		this.scene.claim(1, Scene.WORK, Scene.MAIL);

		assertThat(before).isZero();
		assertThat(looks).hasValue(1);
	}

}

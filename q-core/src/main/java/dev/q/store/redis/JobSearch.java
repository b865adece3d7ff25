package dev.q.store.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.JobCatalog.Query;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.JobView;
import dev.q.store.redis.layout.QueueKeys;
import dev.q.store.redis.layout.StateLine;
import dev.q.store.walk.IdWalk;

/**
 * What a search sees in Redis. A look goes through the ids of all jobs of the queues in
 * question, some hundred at a time, and leaves those in other states where they are.
 *
 * @param link the way to the server
 * @param queues what queues there are
 * @param query what is searched for
 */
record JobSearch(RedisLink link, KnownQueues queues, Query query) implements IdWalk.Source<QueueKeys> {

	private static final int STEP = 500;

	@Override
	public void look(BiConsumer<JobId, QueueKeys> eye) {
		QueueName name = this.query.queue();
		List<QueueKeys> where = (name != null) ? List.of(this.queues.keys(name)) : this.queues.all();
		where.forEach((queue) -> look(queue, eye));
	}

	private void look(QueueKeys queue, BiConsumer<JobId, QueueKeys> eye) {
		String states = StateLine.letters(this.query.states());
		byte[] place = { '0' };
		do {
			List<Object> step = this.link.call(Script.SCAN, queue.all(), new Args().add(place).add(STEP).add(states));
			place = (byte[]) step.get(0);
			((List<?>) step.get(1)).forEach((id) -> eye.accept(new ByteReader((byte[]) id, 0).id(), queue));
		}
		while (place.length != 1 || place[0] != '0');
	}

	@Override
	public List<Job> fetch(Map<QueueKeys, List<JobId>> ids) {
		Map<QueueName, CompletableFuture<List<Object>>> said = new LinkedHashMap<>();
		ids.forEach((queue, those) -> said.put(queue.queue(),
				this.link.send(Script.FIND, queue.all(), new Args().addIds(those))));
		List<Job> jobs = new ArrayList<>();
		said.forEach((queue, views) -> Views.readable(queue, this.link.await(views), JobView::job)
			.stream()
			.filter(this.query::matches)
			.forEach(jobs::add));
		return jobs;
	}

}

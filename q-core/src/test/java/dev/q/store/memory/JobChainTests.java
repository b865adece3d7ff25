package dev.q.store.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobChainTests {

	private final JobChain chain = new JobChain();

	@Test
	void jobsCanLeaveFromEverywhere() {
		MemoryJob first = SampleJobs.ready();
		MemoryJob middle = SampleJobs.ready();
		MemoryJob last = SampleJobs.ready();
		this.chain.addLast(middle);
		this.chain.addFirst(first);
		this.chain.addLast(last);

		this.chain.remove(middle);
		assertThat(jobs()).containsExactly(first, last);
		this.chain.remove(first);
		assertThat(jobs()).containsExactly(last);
		this.chain.remove(last);
		assertThat(jobs()).isEmpty();
		assertThat(this.chain.isEmpty()).isTrue();
	}

	@Test
	void aJobThatLeftHoldsNobody() {
		MemoryJob job = SampleJobs.ready();
		this.chain.addLast(SampleJobs.ready());
		this.chain.addLast(job);
		this.chain.addLast(SampleJobs.ready());

		this.chain.remove(job);

		assertThat(job.previous).isNull();
		assertThat(job.next).isNull();
	}

	@Test
	void aChainBehavesLikeADeque() {
		Deque<MemoryJob> model = new ArrayDeque<>();
		Random random = new Random(42);
		for (int i = 0; i < 10_000; i++) {
			int choice = random.nextInt(4);
			if (choice == 0) {
				MemoryJob job = SampleJobs.ready();
				this.chain.addFirst(job);
				model.addFirst(job);
			}
			else if (choice == 1) {
				MemoryJob job = SampleJobs.ready();
				this.chain.addLast(job);
				model.addLast(job);
			}
			else if (!model.isEmpty()) {
				MemoryJob job = List.copyOf(model).get(random.nextInt(model.size()));
				this.chain.remove(job);
				model.remove(job);
			}
			assertThat(this.chain.size()).isEqualTo(model.size());
		}

		assertThat(jobs()).containsExactlyElementsOf(model);
	}

	private List<MemoryJob> jobs() {
		List<MemoryJob> forward = new ArrayList<>();
		for (MemoryJob job = this.chain.first(); job != null; job = job.next) {
			forward.add(job);
		}
		List<MemoryJob> backward = new ArrayList<>();
		for (MemoryJob job = this.chain.last(); job != null; job = job.previous) {
			backward.add(0, job);
		}
		assertThat(backward).isEqualTo(forward);
		return forward;
	}

}

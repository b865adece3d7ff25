package dev.q.sample.scan;

import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;

import dev.q.job.JobId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScanIdsTests {

	private static final JobId SCAN = JobId.of("01890a5d-ac96-774b-bcce-b302099a8057");

	private static final Path FILE = Path.of("/a/b");

	private final ScanIds ids = new ScanIds(SCAN);

	@Test
	void theSameJobHasTheSameIdEachTime() {
		ScanIds again = new ScanIds(JobId.of(SCAN.toString()));

		assertThat(again.file("files-small", FILE)).isEqualTo(this.ids.file("files-small", FILE));
		assertThat(again.page(null)).isEqualTo(this.ids.page(null));
		assertThat(again.page(FILE)).isEqualTo(this.ids.page(FILE));
		assertThat(again.report()).isEqualTo(this.ids.report());
	}

	@Test
	void differentJobsHaveDifferentIds() {
		Set<JobId> different = Set.of(SCAN, this.ids.file("files-small", FILE), this.ids.file("files-large", FILE),
				this.ids.file("files-small", Path.of("/a/c")), this.ids.page(null), this.ids.page(FILE),
				this.ids.stumble(), this.ids.missingFile(), this.ids.report(), new ScanIds(this.ids.report()).report());

		assertThat(different).hasSize(10);
	}

	@Test
	void idsAreUuidsOfVersion8() {
		UUID id = this.ids.page(FILE).value();

		assertThat(id.version()).isEqualTo(8);
		assertThat(id.variant()).isEqualTo(2);
	}

}

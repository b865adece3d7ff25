package dev.q.test.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReservedPortTests {

	@Test
	void noPortIsGivenTwice() {
		List<ReservedPort> ports = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			ports.add(ReservedPort.next());
		}

		assertThat(ports).extracting(ReservedPort::number).doesNotHaveDuplicates().allMatch((port) -> port < 21_000);
		ports.forEach(ReservedPort::close);
	}

	@Test
	void aPortWhoseBusIsTakenIsPassedOver() throws IOException {
		int next;
		try (ReservedPort port = ReservedPort.next()) {
			next = port.number() + 1;
		}

		try (ServerSocket bus = new ServerSocket()) {
			bus.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), next + 10_000));

			try (ReservedPort port = ReservedPort.next()) {
				assertThat(port.number()).isNotEqualTo(next);
			}
		}
	}

}

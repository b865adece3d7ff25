package dev.q.store.redis;

import dev.q.store.StoreException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisFailures}.
 */
class RedisFailuresTests {

	@ParameterizedTest
	@ValueSource(strings = {
			"ERR user_script:440: bad argument #2 to 'unpack' (data string too short) script: fbee, on @user_script:440.",
			"ERR Error running script (call to f_fbee): @user_script:71: user_script:71: attempt to index a nil value ",
			"WRONGTYPE Operation against a key holding the wrong kind of value script: fbee, on @user_script:5.",
			"ERR Error running script (call to f_fbee): @user_script:5: WRONGTYPE Operation against a key holding the wrong kind of value" })
	void aScriptThatStumblesRefusesAndIsNoOutage(String said) {
		StoreException failure = translated(new RedisCommandExecutionException(said));

		assertThat(StoreException.isRefusal(failure)).isTrue();
		assertThat(failure).hasMessageContaining(said);
	}

	@ParameterizedTest
	@ValueSource(strings = { "OOM command not allowed when used memory > 'maxmemory'. script: fbee, on @user_script:9.",
			"ERR Error running script (call to f_fbee): @user_script:9: @user_script: 9: -OOM command not allowed when used memory > 'maxmemory'.",
			"READONLY You can't write against a read only replica. script: fbee, on @user_script:9.",
			"MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk. script: fbee, on @user_script:9.",
			"BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
			"CLUSTERDOWN The cluster is down", "NOREPLICAS Not enough good replicas to write.",
			"LOADING Redis is loading the dataset in memory", "ERR hash value is not an integer",
			"ERR Error running script (call to f_fbee): @user_script:9: ERR This Redis command is not allowed from scripts" })
	void whatPassesOrIsMendedAtTheServerIsNoRefusal(String said) {
		assertThat(StoreException.isRefusal(translated(new RedisCommandExecutionException(said)))).isFalse();
		assertThat(StoreException.isRefusal(translated(new RedisException(said)))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"NOPERM this user has no permissions to run the 'zadd' command or its subcommand script: fbee, on @user_script:9.",
			"ERR Error running script (call to f_fbee): @user_script:9: @user_script: 9: The user executing the script can't publish to the channel mentioned in the command",
			"ERR Error running script (call to f_fbee): @user_script:9: @user_script: 9: The user executing the script is lacking the permissions for the command",
			"ERR Unknown Redis command called from script script: fbee, on @user_script:9.",
			"ERR Error running script (call to f_fbee): @user_script:9: @user_script: 9: Unknown Redis command called from Lua script",
			"ERR unknown command `INFO`, with args beginning with: " })
	void whatIsKeptFromTheUserIsNothingThatPasses(String said) {
		assertThat(translated(new RedisCommandExecutionException(said))).isInstanceOf(RedisServerException.class);
		assertThat(RedisFailures.isPassing(said)).isFalse();
	}

	@Test
	void whatWasSentToLogInIsNotRepeated() {
		RedisException failure = new RedisException("Unable to connect",
				new RedisCommandExecutionException("ERR unknown command `AUTH`, with args beginning with: `s3cret`, "));

		assertThat(RedisFailures.ofConnecting(failure)).hasMessageContaining("unknown command")
			.satisfies((said) -> assertThat(said.getMessage()).doesNotContain("s3cret"));
	}

	private static StoreException translated(RedisException failure) {
		return RedisFailures.translated(failure, RedisSettings.DEFAULT);
	}

}

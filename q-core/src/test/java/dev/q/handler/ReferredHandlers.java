package dev.q.handler;

import java.io.NotSerializableException;

import dev.q.HandlerReference;
import dev.q.JobHandler;
import org.jspecify.annotations.Nullable;

/**
 * Handlers to refer to, and what is none.
 */
final class ReferredHandlers {

	private ReferredHandlers() {
	}

	interface Unbound<B> extends HandlerReference.OfBean<B, String> {

	}

	interface Promise {

		@JobHandler("promised")
		void promised(String text);

	}

	interface Unmarked {

		void promised(String text);

	}

	static class Parent implements Unmarked {

		@JobHandler("plain")
		void plain(String text) {
		}

		@JobHandler("old-name")
		void renamed(String text) {
		}

		@JobHandler("overridden")
		void overridden(String text) {
		}

		@JobHandler("nullable")
		void nullable(@Nullable String text) {
		}

		@JobHandler("bare")
		void bare() {
		}

		@Override
		public void promised(String text) {
		}

		void unmarked(String text) {
		}

	}

	static class Child extends Parent implements Promise {

		@Override
		@JobHandler("new-name")
		void renamed(String text) {
		}

		@Override
		void overridden(String text) {
		}

		HandlerReference ofSuper() {
			HandlerReference.Direct<String> reference = super::plain;
			return reference;
		}

	}

	abstract static class Work<T> {

		@JobHandler("work")
		abstract Object work(T payload);

	}

	static class OrderWork extends Work<Integer> {

		@Override
		Integer work(Integer payload) {
			return payload;
		}

	}

	interface Shows {

		void shown(String text);

	}

	static class Hidden implements Shows {

		@Override
		@JobHandler("shown")
		public void shown(String text) {
		}

	}

	public static class Shown extends Hidden {

	}

	static class Node {

		@JobHandler("visit")
		void visit(LoudNode node) {
		}

	}

	static class LoudNode extends Node {

		@Override
		@JobHandler("loud-visit")
		void visit(LoudNode node) {
		}

	}

	static class Constructed {

		Constructed(String text) {
		}

	}

	static class Broken {

		@JobHandler("")
		void withoutAName(String text) {
		}

		@JobHandler(value = "without-end", lease = "3 fortnights")
		void withoutEnd(String text) {
		}

	}

	static class ByHand implements HandlerReference.DirectBare {

		@Override
		public void run() {
		}

	}

	static class Stubborn extends ByHand {

		private Object writeReplace() throws NotSerializableException {
			throw new NotSerializableException("no");
		}

	}

}

package dev.q.test.docs;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.TreeScanner;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a source and takes down what concerns tests. What is handed down are the
 * annotations of the classes around.
 */
final class SourceScan extends TreeScanner<@Nullable Void, Set<String>> {

	private final TestSource.Draft draft = new TestSource.Draft();

	private boolean nested;

	private boolean assumes;

	TestSource source() {
		return this.draft.toSource();
	}

	@Override
	public @Nullable Void visitClass(ClassTree tree, Set<String> around) {
		Set<String> marks = marks(tree.getModifiers(), around);
		if (!this.nested) {
			this.draft.mark(marks);
		}
		if (tree.getExtendsClause() != null) {
			this.draft.parent(tree.getExtendsClause().toString());
		}
		this.nested = true;
		return super.visitClass(tree, marks);
	}

	@Override
	public @Nullable Void visitMethod(MethodTree tree, Set<String> around) {
		this.assumes = false;
		super.visitMethod(tree, around);
		this.draft.method(tree.getName().toString(),
				new TestSource.Method(marks(tree.getModifiers(), around), this.assumes));
		return null;
	}

	@Override
	public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, Set<String> around) {
		String called = tree.getMethodSelect().toString();
		this.assumes |= called.substring(called.lastIndexOf('.') + 1).startsWith("assum");
		return super.visitMethodInvocation(tree, around);
	}

	private static Set<String> marks(ModifiersTree modifiers, Set<String> around) {
		Set<String> marks = modifiers.getAnnotations().stream().map(Object::toString).collect(Collectors.toSet());
		Set<String> all = new HashSet<>(around);
		all.addAll(marks);
		return all;
	}

}

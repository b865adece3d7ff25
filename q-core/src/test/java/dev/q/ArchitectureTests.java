package dev.q;

import java.util.function.Function;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

/**
 * The shape of the module. {@link ImportMatrix} holds the table of who may import whom.
 */
@AnalyzeClasses(packages = "dev.q", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	private static final int MOST_FIELDS = 8;

	private static final String EMPTY_NAMES = "\\w*(Utils?|Helpers?|Managers?|Impl)|(Abstract|Base)[A-Z]\\w*";

	@ArchTest
	final ArchRule everyPackageHasARowInTheMatrix = eachClassShould("have a row for its package in ImportMatrix",
			(type) -> Stream.of(type.getPackageName()).filter((name) -> !ImportMatrix.hasRow(name)));

	@ArchTest
	final ArchRule everyPackageImportsOnlyWhatItsRowAllows = eachClassShould(
			"import only what the row of its package in ImportMatrix allows",
			(type) -> type.getDirectDependenciesFromSelf()
				.stream()
				.filter((dependency) -> !isAllowed(dependency))
				.map(Dependency::getDescription));

	@ArchTest
	final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
		.assignedFrom(packages())
		.should()
		.beFreeOfCycles()
		.allowEmptyShould(true);

	@ArchTest
	final ArchRule everyPackageIsNullMarked = eachClassShould("have @NullMarked in its package-info.java",
			(type) -> Stream.of(type.getPackage())
				.filter((home) -> !home.isAnnotatedWith(NullMarked.class))
				.map((home) -> home.getName() + " lacks it"));

	@ArchTest
	final ArchRule everyClassButARecordHasFewFields = eachClassShould(
			"have at most " + MOST_FIELDS + " instance fields",
			(type) -> Stream.of(type.getFields().stream().filter(ArchitectureTests::belongsToAnInstance).count())
				.filter((fields) -> fields > MOST_FIELDS && !type.isRecord())
				.map((fields) -> "it has " + fields));

	@ArchTest
	final ArchRule namesSayWhatAThingIs = eachClassShould("not be a util, helper, manager, impl or base",
			(type) -> Stream.of(type.getSimpleName()).filter((name) -> name.matches(EMPTY_NAMES)));

	private static ArchRule eachClassShould(String description, Function<JavaClass, Stream<String>> complaints) {
		return ArchRuleDefinition.classes().should(new ArchCondition<>(description) {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				complaints.apply(type)
					.forEach((complaint) -> events
						.add(SimpleConditionEvent.violated(type, type.getName() + ": " + complaint)));
			}

		}).allowEmptyShould(true);
	}

	private static boolean isAllowed(Dependency dependency) {
		JavaClass imported = dependency.getTargetClass().getBaseComponentType();
		return imported.isPrimitive() || ImportMatrix.allows(dependency.getOriginClass().getPackageName(),
				imported.getPackageName(), imported.getName());
	}

	private static boolean belongsToAnInstance(JavaField field) {
		return !field.getModifiers().contains(JavaModifier.STATIC)
				&& !field.getModifiers().contains(JavaModifier.SYNTHETIC);
	}

	private static SliceAssignment packages() {
		return new SliceAssignment() {

			@Override
			public SliceIdentifier getIdentifierOf(JavaClass type) {
				return type.getPackageName().startsWith("dev.q") ? SliceIdentifier.of(type.getPackageName())
						: SliceIdentifier.ignore();
			}

			@Override
			public String getDescription() {
				return "packages";
			}

		};
	}

}

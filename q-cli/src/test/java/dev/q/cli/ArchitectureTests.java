package dev.q.cli;

import com.tngtech.archunit.base.DescribedPredicate;
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
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The shape of the command line.
 */
@AnalyzeClasses(packages = "dev.q.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	private static final int MOST_FIELDS = 8;

	@ArchTest
	final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("dev.q.(cli..)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule onlyTheStoreKnowsHowServersAreReached = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackage("dev.q.cli.store")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "io.lettuce..", "io.netty..", "com.zaxxer..", "org.postgresql..",
				"org.yaml..", "javax.sql..");

	@ArchTest
	final ArchRule whatIsShownKnowsNothingOfStores = ArchRuleDefinition.noClasses()
		.that()
		.resideInAPackage("dev.q.cli.output")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.q.store..", "dev.q.boot..", "dev.q.cli.store", "dev.q.cli.session");

	@ArchTest
	final ArchRule onlyTheEntryEndsTheProcess = ArchRuleDefinition.noClasses()
		.that()
		.doNotHaveFullyQualifiedName(Main.class.getName())
		.should()
		.callMethod(System.class, "exit", int.class)
		.orShould()
		.accessField(System.class, "out")
		.orShould()
		.accessField(System.class, "err");

	@ArchTest
	final ArchRule everyPackageIsNullMarked = ArchRuleDefinition.classes()
		.should(new ArchCondition<>("be in a package with @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
					events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " lacks @NullMarked"));
				}
			}

		});

	@ArchTest
	final ArchRule classesHaveFewFieldsBesideTheirOptions = ArchRuleDefinition.classes()
		.that(DescribedPredicate.describe("are no records", (type) -> !type.isRecord()))
		.should(new ArchCondition<>("have at most " + MOST_FIELDS + " fields that are no options") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				long fields = type.getFields().stream().filter(ArchitectureTests::counts).count();
				if (fields > MOST_FIELDS) {
					events.add(SimpleConditionEvent.violated(type, type.getName() + " has " + fields));
				}
			}

		});

	private static boolean counts(JavaField field) {
		return !field.getModifiers().contains(JavaModifier.STATIC)
				&& !field.getModifiers().contains(JavaModifier.SYNTHETIC) && !field.isAnnotatedWith(Option.class)
				&& !field.isAnnotatedWith(Parameters.class) && !field.isAnnotatedWith(Mixin.class);
	}

}

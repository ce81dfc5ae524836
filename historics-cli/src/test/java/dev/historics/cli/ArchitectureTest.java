package dev.historics.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.historics.cli.session.LogSetup;
import java.io.FileDescriptor;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Random;

/** The picture of the modules, and the habits that tests rely on. */
@AnalyzeClasses(packages = "dev.historics", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String FILTER = "dev.historics.filter..";
  private static final String SCHEDULE = "dev.historics.schedule..";
  private static final String ARCHIVE = "dev.historics.archive..";
  private static final String JOBS = "dev.historics.jobs..";
  private static final String CLI = "dev.historics.cli..";

  @ArchTest
  static final ArchRule the_filter_engine_knows_the_jdk_and_re2j_alone =
      classes()
          .that()
          .resideInAPackage(FILTER)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "com.google.re2j..", FILTER);

  @ArchTest
  static final ArchRule the_scheduler_knows_no_rule_no_archive_and_no_hadoop =
      noClasses()
          .that()
          .resideInAPackage(SCHEDULE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", FILTER, ARCHIVE, JOBS, CLI);

  @ArchTest
  static final ArchRule only_the_store_knows_a_database =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.historics.schedule.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.jdbi..", "org.flywaydb..", "org.sqlite..");

  @ArchTest
  static final ArchRule the_archive_knows_no_rule_and_no_queue =
      noClasses()
          .that()
          .resideInAPackage(ARCHIVE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FILTER, SCHEDULE, JOBS, CLI, "org.apache.crunch..");

  @ArchTest
  static final ArchRule jobs_know_no_command_line =
      noClasses()
          .that()
          .resideInAPackage(JOBS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLI);

  @ArchTest
  static final ArchRule only_jobs_know_crunch_and_mapreduce =
      noClasses()
          .that()
          .resideOutsideOfPackage(JOBS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.crunch..", "org.apache.hadoop.mapreduce..", "org.apache.hadoop.mapred..");

  @ArchTest
  static final ArchRule only_jobs_and_the_hdfs_adapter_know_hadoops_file_systems =
      noClasses()
          .that()
          .resideOutsideOfPackages(JOBS, "dev.historics.archive.hdfs..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop.fs..");

  @ArchTest
  static final ArchRule the_command_line_hands_hadoop_its_settings_in_the_wiring_alone =
      noClasses()
          .that()
          .resideInAPackage(CLI)
          .and()
          .resideOutsideOfPackage("dev.historics.cli.wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..");

  @ArchTest
  static final ArchRule the_session_knows_no_module =
      noClasses()
          .that()
          .resideInAPackage("dev.historics.cli.session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FILTER, SCHEDULE, ARCHIVE, JOBS);

  @ArchTest
  static final ArchRule commands_about_the_archive_know_no_queue_and_no_rule =
      noClasses()
          .that()
          .resideInAPackage("dev.historics.cli.archive..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FILTER, SCHEDULE);

  @ArchTest
  static final ArchRule packages_form_no_cycles =
      slices().matching("dev.historics.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule modules_form_no_cycles =
      slices().matching("dev.historics.(*)..").should().beFreeOfCycles();

  /**
   * The clock of the system is taken where a process begins: the command's, the warm-up's, and a
   * task's, whose archive needs one to be made though a reader never asks it.
   */
  @ArchTest
  static final ArchRule the_systems_clock_is_taken_only_where_a_process_begins =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Main.class, WarmUp.class)
          .and()
          .doNotHaveFullyQualifiedName("dev.historics.jobs.ReplayConf")
          .and()
          .doNotHaveFullyQualifiedName("dev.historics.jobs.VerifyMapper")
          .should()
          .callMethod(InstantSource.class, "system");

  @ArchTest
  static final ArchRule nobody_asks_the_time_past_the_instant_source =
      noClasses()
          .should()
          .callMethodWhere(target(owner(resideInAPackage("java.time.."))).and(target(name("now"))))
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(ZoneId.class, "systemDefault")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(java.util.Date.class, java.util.Calendar.class);

  @ArchTest
  static final ArchRule nobody_sleeps_or_draws_lots_without_a_seed =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(Random.class);

  /** A trap does so when a test asks for it. */
  @ArchTest
  static final ArchRule only_main_and_a_trap_end_the_process =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Main.class)
          .and()
          .doNotHaveFullyQualifiedName("dev.historics.archive.kill.Trap")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule only_main_and_the_log_know_the_standard_streams =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Main.class, LogSetup.class)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .accessField(System.class, "in")
          .orShould()
          .accessField(FileDescriptor.class, "out")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule no_package_is_a_drawer =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..impl..", "..model..", "..core..");
}

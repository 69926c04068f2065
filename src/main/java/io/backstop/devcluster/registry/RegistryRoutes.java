package io.backstop.devcluster.registry;

import io.backstop.devcluster.registry.Answers.Compatible;
import io.backstop.devcluster.registry.Answers.LevelRead;
import io.backstop.devcluster.registry.Answers.LevelWritten;
import io.backstop.devcluster.registry.Answers.Mode;
import io.backstop.devcluster.registry.Route.RawJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The table of endpoints. Their answers must be asked for by one thread at a time. */
final class RegistryRoutes {
  private static final String VERSION = "/subjects/{subject}/versions/{version}";
  private static final String ID = "/schemas/ids/{id}";
  private static final String COMPATIBILITY = "/compatibility/subjects/{subject}/versions";

  private final SchemaStore store;
  private final Catalogue catalogue;
  private final Registration registration;
  private final Deletion deletion;
  private final LevelSettings levels;

  RegistryRoutes(SchemaLedger ledger) {
    this.store = ledger.store();
    this.catalogue = new Catalogue(store);
    this.registration = new Registration(ledger);
    this.deletion = new Deletion(ledger, catalogue);
    this.levels = new LevelSettings(ledger);
  }

  List<Route> table() {
    return Stream.of(subjects(), schemas(), compatibility(), settings(), server())
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> subjects() {
    return List.of(
        Route.of(
            "GET", "/subjects", r -> r.page(catalogue.subjects(r.subjectPrefix(), r.listed()))),
        Route.of("POST", "/subjects/{subject}", this::lookUp),
        Route.of(
            "DELETE",
            "/subjects/{subject}",
            r -> deletion.subject(r.subject(), r.flag("permanent"))),
        Route.of(
            "GET",
            "/subjects/{subject}/versions",
            r -> r.page(numbers(catalogue.versions(r.subject(), r.listed())))),
        Route.of("POST", "/subjects/{subject}/versions", this::register),
        Route.of("GET", VERSION, r -> Answers.Version.of(version(r))),
        Route.of(
            "DELETE",
            VERSION,
            r -> deletion.version(r.subject(), r.version(), r.flag("permanent"))),
        Route.of("GET", VERSION + "/schema", r -> new RawJson(version(r).content().text())),
        Route.of(
            "GET", VERSION + "/referencedby", r -> r.page(catalogue.idsReferringTo(version(r)))));
  }

  private List<Route> schemas() {
    return List.of(
        Route.of("GET", "/schemas", this::list),
        Route.of("GET", "/schemas/types", r -> List.of("AVRO")),
        Route.of("GET", ID, this::schema),
        Route.of("GET", ID + "/schema", r -> new RawJson(catalogue.content(r.id()).text())),
        Route.of(
            "GET",
            ID + "/subjects",
            r ->
                r.page(
                    catalogue.versionsOf(r.id(), r.listed()).stream()
                        .map(SchemaVersion::subject)
                        .distinct()
                        .toList())),
        Route.of(
            "GET",
            ID + "/versions",
            r ->
                r.page(
                    catalogue.versionsOf(r.id(), r.listed()).stream()
                        .map(v -> new Answers.SubjectVersion(v.subject(), v.version()))
                        .toList())));
  }

  private List<Route> compatibility() {
    return List.of(
        Route.of("POST", COMPATIBILITY, this::testAgainstAll),
        Route.of("POST", COMPATIBILITY + "/{version}", this::testAgainstOne));
  }

  private List<Route> settings() {
    return List.of(
        Route.of("GET", "/config", r -> new LevelRead(levels.global())),
        Route.of("PUT", "/config", r -> setLevel(SchemaStore.GLOBAL, r)),
        Route.of("DELETE", "/config", r -> new LevelRead(levels.unset(SchemaStore.GLOBAL))),
        Route.of(
            "GET",
            "/config/{subject}",
            r -> new LevelRead(levels.of(r.subject(), r.flag("defaultToGlobal")))),
        Route.of("PUT", "/config/{subject}", r -> setLevel(r.subject(), r)),
        Route.of("DELETE", "/config/{subject}", r -> new LevelRead(levels.unset(r.subject()))),
        Route.of("GET", "/mode", r -> new Mode("READWRITE")),
        Route.of("GET", "/mode/{subject}", this::mode));
  }

  private List<Route> server() {
    return List.of(
        Route.of("GET", "/", r -> Map.of()),
        Route.of("GET", "/contexts", r -> r.page(List.of("."))),
        Route.of(
            "GET",
            "/v1/metadata/version",
            r -> new Answers.ServerVersion("7.9.5", "backstop-dev-cluster")));
  }

  private Object register(RegistryRequest r) {
    return new Answers.Id(registration.register(r.subject(), r.schema(), r.flag("normalize")).id());
  }

  private Object lookUp(RegistryRequest r) {
    return Answers.Version.of(
        registration.lookUp(r.subject(), r.schema(), r.flag("normalize"), r.flag("deleted")));
  }

  private Object list(RegistryRequest r) {
    var versions = catalogue.schemas(r.subjectPrefix(), r.listed());
    return r.page(
        versions.stream()
            .filter(v -> !r.flag("latestOnly") || isLast(v, versions))
            .map(Answers.Version::of)
            .toList());
  }

  private Object schema(RegistryRequest r) {
    var content = catalogue.content(r.id());
    return new Answers.Schema(
        content.text(), content.references(), r.flag("fetchMaxId") ? store.lastId() : null);
  }

  private Object testAgainstAll(RegistryRequest r) {
    return test(r, registration.visible(r.subject()));
  }

  private Object testAgainstOne(RegistryRequest r) {
    // Confluent's registry takes the latest of no version at all as nothing to be incompatible
    // with.
    if (Catalogue.isLatest(r.version()) && registration.visible(r.subject()).isEmpty()) {
      return test(r, List.of());
    }
    return test(r, List.of(catalogue.version(r.subject(), r.version(), v -> !v.hidden())));
  }

  private Compatible test(RegistryRequest r, List<SchemaVersion> versions) {
    var problems = registration.problems(r.subject(), r.schema(), r.flag("normalize"), versions);
    return new Compatible(problems.isEmpty(), r.flag("verbose") ? problems : null);
  }

  private Object setLevel(String subject, RegistryRequest r) {
    return new LevelWritten(levels.set(subject, r.body().path("compatibility").asText("")));
  }

  private Object mode(RegistryRequest r) {
    if (!r.flag("defaultToGlobal")) {
      throw RegistryError.noSubjectMode(r.subject());
    }
    return new Mode("READWRITE");
  }

  private SchemaVersion version(RegistryRequest r) {
    return catalogue.version(r.subject(), r.version(), r.listed());
  }

  private static boolean isLast(SchemaVersion version, List<SchemaVersion> all) {
    return all.stream()
        .noneMatch(v -> v.subject().equals(version.subject()) && v.version() > version.version());
  }

  private static List<Integer> numbers(List<SchemaVersion> versions) {
    return versions.stream().map(SchemaVersion::version).toList();
  }
}

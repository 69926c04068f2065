package io.backstop.admin;

import java.util.List;

/** All that is answered: the routes and the OpenAPI document are made from this table. */
final class Endpoints {
  private static final List<Parameter> NONE = List.of();

  private Endpoints() {}

  /** Who answers. */
  record Queries(
      DeskQueries desk,
      PreviewQueries previews,
      OutcomeQueries outcomes,
      FleetQueries fleet,
      InstanceQueries instances) {}

  static List<Endpoint> table(Queries queries) {
    return List.of(
        new Endpoint(
            "/v1/dead-letters",
            "Dead letters of the whole fleet, newest first. One query looks at a bounded number of"
                + " letters: a page may have fewer than asked for, or none, and still a next.",
            NONE,
            DeskParameters.LIST,
            Answers.letters(),
            queries.desk()::list),
        new Endpoint(
            "/v1/dead-letters/{id}",
            "One dead letter, whole. Bytes are base64; where they are text, a member beside them"
                + " with a name in -Text has it.",
            List.of(DeskParameters.ID),
            DeskParameters.FIND,
            Answers.letter(),
            queries.desk()::find),
        new Endpoint(
            "/v1/dead-letter-groups",
            "Groups of alike dead letters, the largest first.",
            NONE,
            DeskParameters.GROUPS,
            Answers.groups(),
            queries.desk()::groups),
        new Endpoint(
            "/v1/desk-position",
            "How far the desks have read the dead letters. Asked before a list that is given it as"
                + " cut-off, it makes the list one of letters that were there then.",
            NONE,
            DeskParameters.FIND,
            Answers.position(),
            queries.desk()::position),
        new Endpoint(
            "/v1/replay-preview",
            "What a replay of dead letters would come to, letter by letter, newest first: those"
                + " with these ids, or those of a list, which are OPEN where no status is given."
                + " Changes nothing. Further pages are asked with the cut-off of the first one.",
            NONE,
            PreviewParameters.ALL,
            Answers.preview(),
            queries.previews()::preview),
        new Endpoint(
            OutcomeQueries.PATH,
            "What became of requests that are finished, by idempotency key, while their outcome is"
                + " remembered.",
            NONE,
            OutcomeQueries.PARAMETERS,
            Answers.outcomes(),
            queries.outcomes()::outcomes),
        new Endpoint(
            "/v1/operations",
            "Replays and other work on dead letters that the fleet remembers, newest first.",
            NONE,
            NONE,
            Answers.operations(),
            queries.fleet()::operations),
        new Endpoint(
            "/v1/operations/{id}",
            "One of them: how far it is.",
            List.of(FleetQueries.OPERATION),
            NONE,
            Answers.operation(),
            queries.fleet()::operation),
        new Endpoint(
            "/v1/statistics",
            "Fallbacks and the retry queue of the whole fleet.",
            NONE,
            NONE,
            Answers.statistics(),
            queries.fleet()::statistics),
        new Endpoint(
            "/v1/strategies",
            "Strategies that commands have set; the others are as configured.",
            NONE,
            NONE,
            Answers.strategies(),
            queries.fleet()::strategies),
        new Endpoint(
            "/v1/failures",
            "What failed lately, by service.",
            NONE,
            NONE,
            Answers.failures(),
            queries.fleet()::failures),
        new Endpoint(
            "/v1/circuits",
            "Circuits, and the calls behind them.",
            NONE,
            NONE,
            Answers.circuits(),
            queries.fleet()::circuits),
        new Endpoint(
            InstanceQueries.PATH,
            "Instances that answer queries, and partitions of the dead letters that none answers"
                + " for.",
            NONE,
            List.of(Gathering.LOCAL),
            Answers.instances(),
            queries.instances()::instances));
  }
}

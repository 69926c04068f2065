package io.backstop.admin;

import java.util.List;

/** All that is answered: the routes and the OpenAPI document are made from this table. */
final class Endpoints {
  private static final List<Parameter> NONE = List.of();

  private Endpoints() {}

  static List<Endpoint> table(DeskQueries desk, FleetQueries fleet, InstanceQueries instances) {
    return List.of(
        new Endpoint(
            "/v1/dead-letters",
            "Dead letters of the whole fleet, newest first. One query looks at a bounded number of"
                + " letters: a page may have fewer than asked for, or none, and still a next.",
            NONE,
            DeskParameters.LIST,
            Answers.letters(),
            desk::list),
        new Endpoint(
            "/v1/dead-letters/{id}",
            "One dead letter, whole. Bytes are base64; where they are text, a member beside them"
                + " with a name in -Text has it.",
            List.of(DeskParameters.ID),
            DeskParameters.FIND,
            Answers.letter(),
            desk::find),
        new Endpoint(
            "/v1/dead-letter-groups",
            "Groups of alike dead letters, the largest first.",
            NONE,
            DeskParameters.GROUPS,
            Answers.groups(),
            desk::groups),
        new Endpoint(
            "/v1/desk-position",
            "How far the desks have read the dead letters. Asked before a list that is given it as"
                + " cut-off, it makes the list one of letters that were there then.",
            NONE,
            DeskParameters.FIND,
            Answers.position(),
            desk::position),
        new Endpoint(
            "/v1/statistics",
            "Fallbacks and the retry queue of the whole fleet.",
            NONE,
            NONE,
            Answers.statistics(),
            fleet::statistics),
        new Endpoint(
            "/v1/strategies",
            "Strategies that commands have set; the others are as configured.",
            NONE,
            NONE,
            Answers.strategies(),
            fleet::strategies),
        new Endpoint(
            "/v1/failures",
            "What failed lately, by service.",
            NONE,
            NONE,
            Answers.failures(),
            fleet::failures),
        new Endpoint(
            "/v1/circuits",
            "Circuits, and the calls behind them.",
            NONE,
            NONE,
            Answers.circuits(),
            fleet::circuits),
        new Endpoint(
            InstanceQueries.PATH,
            "Instances that answer queries, and partitions of the dead letters that none answers"
                + " for.",
            NONE,
            List.of(Gathering.LOCAL),
            Answers.instances(),
            instances::instances));
  }
}

package io.backstop.bench;

import io.backstop.executor.notion.CreatePage;
import io.backstop.executor.trello.CreateCard;
import java.util.List;
import java.util.Locale;

/** Who is compared. */
enum Contender {
  BACKSTOP("backstop") {
    @Override
    Side on(PeersRound round) {
      return new ProcessorSide(round.settings(), List.of(new CreatePage(), new CreateCard()));
    }
  },
  BARE("bare loop") {
    @Override
    Side on(PeersRound round) {
      return new BareSide(round);
    }

    @Override
    boolean isSlow(Workload workload) {
      // without a circuit every call waits for its timeout
      return workload == Workload.HANG;
    }
  },
  SPRING("Spring Kafka") {
    @Override
    Side on(PeersRound round) {
      return new SpringSide(round);
    }

    @Override
    boolean isSlow(Workload workload) {
      return true;
    }
  },
  PARALLEL("Parallel Consumer") {
    @Override
    Side on(PeersRound round) {
      return new ParallelSide(round);
    }
  };

  /** What a slow side gets, so that its rounds take about as long as those of the others. */
  private static final int SLOW_SHARE = 20;

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  abstract Side on(PeersRound round);

  /** Whether it does hundreds of requests a second, not thousands. */
  boolean isSlow(Workload workload) {
    return false;
  }

  int requests(Workload workload, int requests) {
    return isSlow(workload) ? Math.max(1, requests / SLOW_SHARE) : requests;
  }

  String label() {
    return label;
  }

  /** How the command line and the JSON name it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

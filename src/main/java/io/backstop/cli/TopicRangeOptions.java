package io.backstop.cli;

import io.backstop.action.SelectionFilter;
import io.backstop.client.RequestRange;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which requests of the past are to be replayed. */
final class TopicRangeOptions {
  @Option(
      names = "--from-topic",
      description = {
        "Replay requests from their topic, whatever became of them: after a target has lost data,",
        "say. Takes --since, --until, --action and --submitter."
      })
  private boolean fromTopic;

  @Option(
      names = "--from-offset",
      paramLabel = "P:O",
      converter = PartitionOffset.Converter.class,
      description = "With --from-topic: of partition P from offset O on; for several partitions.")
  private List<PartitionOffset> from = List.of();

  @Option(
      names = "--to-offset",
      paramLabel = "P:O",
      converter = PartitionOffset.Converter.class,
      description = "With --from-topic: of partition P up to before offset O.")
  private List<PartitionOffset> to = List.of();

  boolean isFromTopic() {
    return fromTopic;
  }

  /**
   * @param filter that was given with it
   * @throws ParameterException when it says nothing, or what requests do not have
   */
  RequestRange.Wanted wanted(CommandLine command, SelectionFilter filter) {
    SelectionFilter known =
        SelectionFilter.newBuilder()
            .setFrom(filter.getFrom())
            .setTo(filter.getTo())
            .setAction(filter.getAction())
            .setSubmitter(filter.getSubmitter())
            .build();
    if (!known.equals(filter)) {
      throw new ParameterException(
          command,
          "--from-topic takes --since, --until, --from-offset, --to-offset, --action and"
              + " --submitter only: requests have no status, group or failure");
    } else if (filter.getFrom() == null && from.isEmpty()) {
      throw new ParameterException(
          command, "--from-topic needs --since TIME or --from-offset P:O: where to begin");
    } else if (filter.getFrom() != null
        && filter.getTo() != null
        && !filter.getFrom().isBefore(filter.getTo())) {
      throw new ParameterException(command, "--since is not before --until");
    }
    try {
      return new RequestRange.Wanted(
          Optional.ofNullable(filter.getFrom()),
          Optional.ofNullable(filter.getTo()),
          PartitionOffset.byPartition(from),
          PartitionOffset.byPartition(to));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, e.getMessage(), e);
    }
  }

  /**
   * @throws ParameterException when offsets are given for dead letters
   */
  void refuseOffsets(CommandLine command) {
    if (!from.isEmpty() || !to.isEmpty()) {
      throw new ParameterException(command, "--from-offset and --to-offset need --from-topic");
    }
  }
}

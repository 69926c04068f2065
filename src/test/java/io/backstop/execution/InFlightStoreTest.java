package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.InFlightWork;
import io.backstop.action.OriginalRecord;
import io.backstop.action.StoreNames;
import io.backstop.action.Work;
import io.backstop.serde.StateSerde;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InFlightStoreTest {
  @Test
  void shouldReadLargeEntriesInSmallPages(@TempDir java.nio.file.Path directory) {
    var context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
    var inner =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(StoreNames.IN_FLIGHT),
                Serdes.String(),
                new StateSerde<>(InFlightWork.class))
            .withLoggingDisabled()
            .build();
    inner.init(context.getStateStoreContext(), inner);
    var store = new InFlightStore(inner, null);
    for (int entry = 0; entry < 10; entry++) {
      store.putStarted(large("r-" + entry));
    }

    var first = store.page(null, 1_000);
    var rest = store.page(first.get(first.size() - 1).key, 1_000);

    assertThat(first).hasSize(5);
    assertThat(rest).hasSize(5);
    assertThat(store.page("r-9", 1_000)).isEmpty();
  }

  private static Work large(String id) {
    var work = SampleCalls.work(id);
    var original =
        new OriginalRecord(
            "requests", 0, 1L, 2L, null, ByteBuffer.wrap(new byte[900_000]), List.of());
    return Work.of(work.request(), id, original, 5L);
  }
}

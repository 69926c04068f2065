package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static io.backstop.desk.OperationOrders.order;
import static io.backstop.desk.OperationOrders.release;
import static io.backstop.desk.OperationOrders.replay;
import static io.backstop.desk.OperationOrders.select;
import static io.backstop.desk.OperationOrders.selectIds;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeskOrder;
import io.backstop.action.StoreNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Orders that are none, and orders whose schema is not known yet. */
class DeskOrderReadingTest extends OnDesk {
  @Test
  void shouldGoOnAfterOrdersThatAreNone() {
    desk.read(Letters.failed("a-0-1", START, "down"));

    desk.orders.pipeInput(null, "oops".getBytes(StandardCharsets.UTF_8));
    desk.orders.pipeInput(null, (byte[]) null);
    desk.orders.pipeInput(null, new byte[4_180_000]);
    desk.order(order("").setRelease(1));
    desk.order(order("unknown").setRelease(-5));
    desk.order(selectIds("op", replay(), "a-0-1"));
    desk.run(REPORT);

    assertThat(desk.told("op").getSelected().getCount()).isEqualTo(1);
    assertThat(desk.orders("unreadable")).isEqualTo(4);
    assertThat(desk.orders("ignored")).isEqualTo(1);
    assertThat(desk.orders("taken")).isEqualTo(1);
  }

  @Test
  void shouldKeepOrdersInOrderWhileTheSchemaOfOneIsFetched() throws Exception {
    desk.read(Letters.failed("a-0-1", START, "down"));
    String json = DeskOrder.getClassSchema().toString().replace("When it was written", "When");
    int schemaId =
        desk.registryClient.register(
            "other-value",
            new io.confluent.kafka.schemaregistry.avro.AvroSchema(new Schema.Parser().parse(json)));
    byte[] select =
        desk.orderEncoder.encode(selectIds("op", replay(), "a-0-1").setAt(START).build());
    ByteBuffer.wrap(select).putInt(1, schemaId);

    desk.orders.pipeInput(null, select);
    desk.order(release("op", 1));
    assertThat(DeskScenario.count(desk.store(StoreNames.DESK_ORDERS_AWAITING_SCHEMA))).isEqualTo(2);

    desk = desk.restart(Duration.ofSeconds(1));
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              desk.pass(TICK);
              return desk.again().size() == 1;
            });
    desk.run(REPORT);
    assertThat(desk.told("op").getReleased()).isEqualTo(1);
    assertThat(DeskScenario.count(desk.store(StoreNames.DESK_ORDERS_AWAITING_SCHEMA))).isZero();
  }
}

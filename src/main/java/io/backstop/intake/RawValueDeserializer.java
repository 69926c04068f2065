package io.backstop.intake;

import org.apache.kafka.common.serialization.Deserializer;

/** Lets every value in: what it is, is for the intake to find out. */
public final class RawValueDeserializer implements Deserializer<RawValue> {

  @Override
  public RawValue deserialize(String topic, byte[] data) {
    return new RawValue(data);
  }
}

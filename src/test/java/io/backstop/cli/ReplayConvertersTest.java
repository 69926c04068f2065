package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ReplayConvertersTest {

  @ParameterizedTest
  @CsvSource({"20%, 0.2", "0.2, 0.2", "0, 0", "100%, 1", "1, 1", "12.5%, 0.125"})
  void shouldReadAShareAsPercentOrAsNumber(String text, double share) {
    assertThat(new ShareConverter().convert(text)).isEqualTo(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "-1%", "101%", "x", "%", "", "NaN"})
  void shouldRefuseWhatIsNoShare(String text) {
    assertThatThrownBy(() -> new ShareConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("write 20% or 0.2");
  }

  @Test
  void shouldReadPlacesByPartition() {
    var converter = new PartitionOffset.Converter();

    assertThat(
            PartitionOffset.byPartition(
                List.of(converter.convert("0:17"), converter.convert("12:0"))))
        .isEqualTo(Map.of(0, 17L, 12, 0L));
    assertThatThrownBy(() -> converter.convert("17")).hasMessageContaining("0:1700");
    assertThatThrownBy(() -> converter.convert("-1:17"))
        .isInstanceOf(TypeConversionException.class);
    PartitionOffset one = new PartitionOffset(0, 1);
    assertThatThrownBy(() -> PartitionOffset.byPartition(List.of(one, one)))
        .hasMessageContaining("partition 0 is named twice");
  }
}

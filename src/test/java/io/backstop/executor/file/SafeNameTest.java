package io.backstop.executor.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SafeNameTest {

  @Test
  void shouldKeepAPlainKey() {
    assertThat(SafeName.of("order-17.a_b")).isEqualTo("order-17.a_b");
    assertThat(SafeName.of("f".repeat(64))).isEqualTo("f".repeat(64));
  }

  @Test
  void shouldReplaceWhatIsUnsafeAndSayWhichKeyItWas() {
    assertThat(SafeName.of("../a b/Ü")).matches(".._a_b__-[0-9a-f]{32}");
    assertThat(SafeName.of("x".repeat(500))).hasSize(100).matches("x{67}-[0-9a-f]{32}");
  }

  @Test
  void shouldNotTakeAPlainKeyForOneThatWasChanged() {
    String changed = SafeName.of("a b");

    assertThat(SafeName.of(changed)).isNotEqualTo(changed);
  }

  @Property
  void shouldGiveEachKeyItsOwnName(@ForAll("keys") List<String> keys) {
    Map<String, String> keyOfName = new HashMap<>();

    for (String key : keys) {
      String name = SafeName.of(key);
      String other = keyOfName.putIfAbsent(name.toLowerCase(Locale.ROOT), key);
      assertThat(name).matches("[A-Za-z0-9._-]{1,100}");
      assertThat(other == null || other.equals(key)).as("%s and %s", other, key).isTrue();
    }
  }

  @Provide
  Arbitrary<List<String>> keys() {
    return Arbitraries.strings().withChars("aA /_-.\n\u00E4").ofMaxLength(4).list().ofMaxSize(50);
  }
}

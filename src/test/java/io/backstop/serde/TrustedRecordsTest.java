package io.backstop.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

class TrustedRecordsTest {

  @Test
  void shouldTrustOurRecordsAndNothingElse() {
    TrustedRecords.trust();
    var first = ClassSecurityValidator.getGlobal();
    TrustedRecords.trust();

    assertThat(ClassSecurityValidator.getGlobal()).isSameAs(first);
    assertThat(first.isTrusted(ActionRequest.class)).isTrue();
    assertThat(first.isTrusted(ProcessBuilder.class)).isFalse();
    assertThat(first.isTrusted(TrustedRecords.class)).isFalse();
  }
}

package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.executor.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterTextTest {
  private static List<String> lines(String json) {
    JsonNode kept = Json.read(json.replace('\'', '"')).orElseThrow();
    return new LetterText(kept).lines();
  }

  private static final String WHOLE =
      """
      {'status':'OPEN','fingerprint':'f00','letter':{
        'id':'actions.requests-2-17','reason':'csv:log failed: disk full\\u001b[31m',
        'reasonCode':'EXHAUSTED','failureClass':'RESOURCE_EXHAUSTED','severity':'HIGH',
        'createdAt':'2026-11-22T12:00:00.123Z','idempotencyKey':'k-1','generation':0,
        'steps':['trello:createCard','csv:log'],'stepsSource':'configuration',
        'request':{'requestId':'r-1','action':'notion:createPage','submitter':'ann',
          'priority':'HIGH','deadline':null,
          'payload':{'title':'Weekly report','content':'one\\ntwo','tags':[],'dueDate':null}},
        'attempts':[
          {'target':'notion:createPage','number':1,'startedAt':'2026-11-22T11:59:00Z',
           'durationMs':80,'outcome':'RETRYABLE','failureClass':'SERVER_ERROR','httpStatus':500,
           'message':'oops'},
          {'target':'csv:log','number':1,'startedAt':'2026-11-22T11:59:59Z','durationMs':3,
           'outcome':'PERMANENT','failureClass':'RESOURCE_EXHAUSTED','httpStatus':null,
           'message':'disk\\nfull'}],
        'original':{'topic':'actions.requests','partition':2,'offset':17,
          'timestamp':1795348740000,'key':'az==','keyText':'k','value':'AAEC',
          'headers':[{'key':'traceparent','value':'MDA=','valueText':'00'}]},
        'originalValueSize':3,'originalTruncated':false,
        'cut':['attempts: 3 of 5 left out']}}
      """;

  @Test
  void shouldSayWhatItWasWhyItIsHereAndWhereTheOriginalIs() {
    List<String> lines = lines(WHOLE);

    assertThat(lines)
        .startsWith("Dead letter actions.requests-2-17")
        .contains(
            "  status       OPEN",
            "  created      2026-11-22T12:00:00.123Z",
            "  why          EXHAUSTED",
            "  action       notion:createPage",
            "  submitter    ann",
            "    title: Weekly report",
            "  at           topic actions.requests, partition 2, offset 17",
            "  key          k",
            "  header       traceparent = 00")
        .endsWith("Cut: attempts: 3 of 5 left out");
  }

  @Test
  void shouldSayWhereItComesFromAndWhatOperatorsDid() {
    List<String> lines =
        lines(
            WHOLE
                .replace(
                    "{'status':'OPEN',",
                    "{'status':'REPLAYED','replays':2,'childId':'c~g3','operationId':'op-1',"
                        + "'category':'quota','severity':'LOW','tags':['known','ann'],"
                        + "'notes':[{'at':'2026-11-22T13:00:00Z','actor':'bob','text':'called'},"
                        + "{'at':'2026-11-22T13:00:01Z','actor':'','text':'done'}],")
                .replace(
                    "'generation':0,",
                    "'generation':2,'parentId':'p~g1','rootId':'r','replayId':'op-0',"));

    assertThat(lines)
        .contains(
            "  severity     LOW (was HIGH)",
            "  generation   2",
            "  replay of    p~g1",
            "  first letter r",
            "  by replay    op-0",
            "  replayed     2 times",
            "  failed again c~g3",
            "  operation    op-1",
            "  category     quota",
            "  tags         known, ann",
            "  note         2026-11-22T13:00:00Z bob: called",
            "  note         2026-11-22T13:00:01Z: done");
  }

  @Test
  void shouldShowEveryAttemptInOrder() {
    List<String> lines = lines(WHOLE);

    int head = lines.indexOf("History") + 1;
    assertThat(lines.get(head)).contains("TARGET", "TRY", "OUTCOME", "MESSAGE");
    assertThat(lines.get(head + 1)).startsWith("  1 ").contains("notion:createPage", "500", "oops");
    assertThat(lines.get(head + 2)).startsWith("  2 ").contains("csv:log", " - ", "disk full");
    assertThat(lines).contains("Fallback steps (from configuration): trello:createCard → csv:log");
  }

  @Test
  void shouldKeepTheLinesOfAValueTogether() {
    assertThat(lines(WHOLE)).containsSequence("    content: one", "             two");
  }

  @Test
  void shouldLeaveOutWhatIsEmpty() {
    assertThat(lines(WHOLE)).noneMatch(line -> line.contains("tags") || line.contains("dueDate"));
  }

  @Test
  void shouldNotLetTextSteerTheTerminal() {
    assertThat(String.join("\n", lines(WHOLE))).doesNotContain("\u001b");
  }

  @Test
  void shouldSayThatBytesAreNoText() {
    assertThat(lines(WHOLE))
        .anyMatch(line -> line.startsWith("  value        (no text, 3 bytes: --json has them"));
  }

  @Test
  void shouldShowALetterWithoutRequest() {
    List<String> lines =
        lines("{'status':'OPEN','letter':{'id':'x','request':null,'attempts':[],'original':{}}}");

    assertThat(lines)
        .contains("Request: none could be read or kept; see the original record.")
        .contains("History: nothing was called");
  }

  @Test
  void shouldShowALetterWhoseRecordHadNoValue() {
    List<String> lines =
        lines(
            "{'letter':{'attempts':[],'original':{'value':null},'originalValueSize':-1,'cut':[]}}");

    assertThat(lines).contains("  size         -", "  value        -");
  }
}

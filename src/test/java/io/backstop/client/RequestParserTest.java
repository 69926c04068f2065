package io.backstop.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backstop.action.FilePayload;
import io.backstop.action.GenericPayload;
import io.backstop.action.MessagePayload;
import io.backstop.action.PayloadFamily;
import io.backstop.action.Priority;
import io.backstop.action.QueryPayload;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import io.backstop.serde.Nearest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestParserTest {
  private static final ActionFamilies FAMILIES =
      new ActionFamilies(
          Map.of(
              "notion:createPage", PayloadFamily.TASK,
              "notion:query", PayloadFamily.QUERY,
              "slack:postMessage", PayloadFamily.MESSAGE,
              "drive:upload", PayloadFamily.FILE,
              "sheets:append", PayloadFamily.TABLE,
              "acme:do", PayloadFamily.GENERIC));

  private final RequestParser parser = new RequestParser(FAMILIES, () -> "made-1");

  private ParsedRequest parse(String json) throws InvalidRequestException {
    return parser.parse(json.replace('\'', '"'));
  }

  private String problem(String json) {
    var thrown =
        assertThatExceptionOfType(InvalidRequestException.class)
            .isThrownBy(() -> parse(json))
            .actual();
    return thrown.getMessage();
  }

  @Test
  void shouldReadAWholeRequest() throws InvalidRequestException {
    var line =
        """
        {'requestId':'r-1','action':'notion:createPage','priority':'HIGH','submitter':'jo',\
        'idempotencyKey':'k-1','deadline':'2026-11-22T12:00:00Z',\
        'payload':{'title':'Hello','labels':['a','b'],'dueAt':1700000000000},\
        'policy':{'fallbackSteps':['trello:createCard'],'allowSkip':true},\
        'key':'customer-7','headers':{'traceparent':'00-abc'}}""";

    var parsed = parse(line);

    var request = parsed.request();
    assertThat(request.getRequestId()).isEqualTo("r-1");
    assertThat(request.getPriority()).isEqualTo(Priority.HIGH);
    assertThat(request.getIdempotencyKey()).isEqualTo("k-1");
    assertThat(request.getDeadline()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
    assertThat(request.getPolicy().getFallbackSteps()).containsExactly("trello:createCard");
    var payload = (TaskPayload) request.getPayload();
    assertThat(payload.getTitle()).isEqualTo("Hello");
    assertThat(payload.getLabels()).containsExactly("a", "b");
    assertThat(payload.getDueAt()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
    assertThat(parsed.key()).isEqualTo("customer-7");
    assertThat(parsed.headers())
        .singleElement()
        .satisfies(
            header -> {
              assertThat(header.key()).isEqualTo("traceparent");
              assertThat(new String(header.value(), StandardCharsets.UTF_8)).isEqualTo("00-abc");
            });
  }

  @Test
  void shouldFillInWhatIsAbsent() throws InvalidRequestException {
    var parsed = parse("{'action':'notion:createPage','payload':{}}");

    assertThat(parsed.request().getRequestId()).isEqualTo("made-1");
    assertThat(parsed.request().getPriority()).isEqualTo(Priority.MEDIUM);
    assertThat(parsed.request().getDeadline()).isNull();
    assertThat(((TaskPayload) parsed.request().getPayload()).getLabels()).isEmpty();
    assertThat(parsed.headers()).isEmpty();
  }

  @Test
  void shouldReadContentAsBase64AndJsonTextAsItStands() throws InvalidRequestException {
    var file = parse("{'action':'drive:upload','payload':{'name':'a','content':'aGk='}}");
    var query = parse("{'action':'notion:query','payload':{'filter':{'a':1},'limit':5}}");
    var custom = parse("{'action':'acme:do','payload':{'json':{'x':[1]}}}");

    assertThat(((FilePayload) file.request().getPayload()).getContent().array())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("hi");
    assertThat(((QueryPayload) query.request().getPayload()).getFilter()).isEqualTo("{\"a\":1}");
    assertThat(((GenericPayload) custom.request().getPayload()).getJson()).isEqualTo("{\"x\":[1]}");
  }

  @Test
  void shouldKeepTheTypesOfTableCells() throws InvalidRequestException {
    var parsed = parse("{'action':'sheets:append','payload':{'rows':[['a',1,1.5,true,null],[]]}}");

    var rows = ((TablePayload) parsed.request().getPayload()).getRows();
    assertThat(rows.get(0)).containsExactly("a", 1L, 1.5, true, null);
    assertThat(rows.get(1)).isEmpty();
  }

  @Test
  void shouldTakeTheFamilyFromWrapperOrFieldWhereTheActionIsUnknown()
      throws InvalidRequestException {
    var wrapped = parse("{'action':'my:thing','payload':{'MessagePayload':{'text':'x'}}}");
    var named =
        parse("{'action':'my:thing','payloadFamily':'MessagePayload','payload':{'text':'x'}}");

    assertThat(wrapped.request().getPayload()).isInstanceOf(MessagePayload.class);
    assertThat(named.request().getPayload()).isEqualTo(wrapped.request().getPayload());
  }

  @Test
  void shouldGiveDuplicatesTheSameKey() throws InvalidRequestException {
    var one = parse("{'action':'notion:createPage','payload':{'properties':{'a':'1','b':'2'}}}");
    var same =
        parse(
            "{'requestId':'other','payload':{'properties':{'b':'2','a':'1'}},"
                + "'action':'notion:createPage'}");
    var other = parse("{'action':'notion:createPage','payload':{'properties':{'a':'1'}}}");
    var keyed = parse("{'action':'notion:createPage','payload':{},'idempotencyKey':'k'}");

    assertThat(one.key()).isEqualTo(same.key()).isNotEqualTo(other.key()).hasSize(64);
    assertThat(keyed.key()).isEqualTo("k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'action':'notion:createPage','payload':{'titel':'x'}}"
            + "|payload.titel is not a field of TaskPayload: did you mean title?",
        "{'action':'notion:createPage','payload':{},'prioritty':'HIGH'}"
            + "|prioritty is not a field of a request: did you mean priority?",
        "{'action':'notion:createPag','payload':{}}"
            + "|action 'notion:createPag' is not known (did you mean notion:createPage?): mend it,"
            + " or name the payload with payloadFamily",
        "{'action':'notion:createPage','payload':{'title':7}}"
            + "|payload.title must be text in quotes, but is 7",
        "{'action':'notion:createPage','payload':{'labels':'x'}}"
            + "|payload.labels must be a list, but is \"x\"",
        "{'action':'notion:createPage','payload':{'labels':['x',null]}}"
            + "|payload.labels[1] must be text in quotes, but is null",
        "{'action':'notion:createPage','payload':{'dueAt':'tomorrow'}}"
            + "|payload.dueAt must be a time like \"2026-11-22T12:00:00Z\" or epoch milliseconds,"
            + " but is \"tomorrow\"",
        "{'action':'notion:createPage','payload':[]}|payload must be an object, but is []",
        "{'action':'notion:createPage','payload':{},'priority':'URGENT'}"
            + "|priority must be one of HIGH, MEDIUM, LOW, but is \"URGENT\"",
        "{'action':'notion:query','payload':{'limit':3000000000}}"
            + "|payload.limit must be a whole number from -2147483648 to 2147483647,"
            + " but is 3000000000",
        "{'action':'notion:query','payload':{'limit':null}}"
            + "|payload.limit must be a whole number from -2147483648 to 2147483647, but is null",
        "{'action':'drive:upload','payload':{'content':'?'}}"
            + "|payload.content must be base64 text, but is \"?\"",
        "{'action':'sheets:append','payload':{'rows':[[{}]]}}"
            + "|payload.rows[0][0] must be text, a number, true or false, but is {}",
        "{'action':'sheets:append','payload':{'parseInput':'yes'}}"
            + "|payload.parseInput must be true or false, but is \"yes\"",
        "{'action':'acme:do','payload':{}}|payload.json is missing: A JSON document.",
        "{'payload':{'TaskPayload':{}}}"
            + "|action is missing: What to do, <service>:<operation>, for example"
            + " notion:createPage.",
        "{'action':'notion:createPage'}|payload is missing: what to do the action with",
        "{'action':'a:b','payloadFamily':'Task','payload':{}}"
            + "|payloadFamily must be one of TaskPayload, MessagePayload, FilePayload, TablePayload,"
            + " QueryPayload, GenericPayload, but is \"Task\"",
        "{'action':'notion:createPage','payload':{},'headers':{'n':1}}"
            + "|headers.n must be text in quotes, but is 1",
        "[]|not a JSON object: write {\"action\":..., \"payload\":{...}}",
        "{'action':'a:b'}x|not JSON: column 18: Unrecognized token 'x'",
        "{'action':'a:b','action':'c:d'}|not JSON: column 25: Duplicate field 'action'",
      })
  void shouldNameTheFieldAndTheMend(String json, String expected) {
    assertThat(problem(json)).startsWith(expected);
  }

  @Test
  void shouldNotRepeatALargeValueInItsMessage() {
    var problem =
        problem(
            "{'action':'drive:upload','payload':{'content':'%s?'}}".formatted("A".repeat(9999)));

    assertThat(problem).hasSizeLessThan(200);
  }

  @Test
  void shouldListAllNamesWhereNoneIsNear() {
    assertThat(Nearest.hint("zzzzzzzz", List.of("title", "body")))
        .isEqualTo("known are body, title");
  }
}

package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.client.ActionFamilies;
import io.backstop.client.CheckedPatch;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Shows what a replay of dead letters comes to, and says whether it may be sent. */
final class LettersReplay {
  /** They are wrong in the same way as a rule. */
  private static final int MOST_WRONG = 3;

  private final CommandSpec spec;
  private final ReplayOptions how;
  private final boolean json;

  LettersReplay(CommandSpec spec, ReplayOptions how, boolean json) {
    this.spec = spec;
    this.how = how;
    this.json = json;
  }

  /**
   * @param sent whether it is sent then, so that the letters need not be listed
   * @return whether nothing speaks against it
   */
  boolean show(Asking asking, ReplayPreview preview, Optional<CheckedPatch> patch, boolean sent) {
    Optional<PatchPreview> patched =
        patch.map(each -> new PatchPreview(each, ActionFamilies.installed()));
    List<String> ids = preview.first().stream().map(each -> each.path("id").asText()).toList();
    patched.ifPresent(each -> each.read(asking, ids));
    ReplayPreviewText text = new ReplayPreviewText(preview, preview.time(how.rate(), how.ramp()));
    if (json) {
      printJson(text, patch, patched, sent);
    } else {
      print(text, preview, patch, patched, sent);
    }
    List<String> wrong = patched.map(PatchPreview::wrong).orElse(List.of());
    wrong.stream()
        .limit(MOST_WRONG)
        .forEach(each -> asking.problems().accept("the patch does not fit " + each));
    if (wrong.size() > MOST_WRONG) {
      asking.problems().accept("nor %d more letters".formatted(wrong.size() - MOST_WRONG));
    }
    return wrong.isEmpty();
  }

  private static boolean isJudgedWith(Optional<CheckedPatch> patch) {
    return patch.map(ReplayOptions::fitsPreview).orElse(true);
  }

  private void print(
      ReplayPreviewText text,
      ReplayPreview preview,
      Optional<CheckedPatch> patch,
      Optional<PatchPreview> patched,
      boolean sent) {
    PrintWriter out = spec.commandLine().getOut();
    if (!sent && preview.count() > 0) {
      text.letters().forEach(out::println);
      out.println();
    }
    if (!sent) {
      List<String> diffs = patched.map(PatchPreview::diffs).orElse(List.of());
      diffs.forEach(out::println);
      if (!diffs.isEmpty()) {
        out.println();
      }
      if (!isJudgedWith(patch) && preview.count("INVALID") > 0) {
        out.println(
            "The patch is too long for a preview: INVALID says what is wrong without it; letters are"
                + " judged again with it.");
      }
    }
    text.totals().forEach(out::println);
  }

  private void printJson(
      ReplayPreviewText text,
      Optional<CheckedPatch> patch,
      Optional<PatchPreview> patched,
      boolean sent) {
    ObjectNode object = text.json().put("dryRun", !sent);
    patched.ifPresent(
        each -> {
          object.put("judgedWithPatch", isJudgedWith(patch));
          each.diffs().forEach(object.putArray("patch")::add);
          each.wrong().forEach(object.putArray("wrong")::add);
        });
    spec.commandLine().getOut().println(object);
  }

  /** Ids that no desk has. */
  static List<String> gone(ReplayPreview preview) {
    return preview.first().stream()
        .filter(each -> each.path("verdict").asText().equals(ReplayPreview.GONE))
        .map(LettersReplay::id)
        .toList();
  }

  private static String id(JsonNode letter) {
    return letter.path("id").asText();
  }
}

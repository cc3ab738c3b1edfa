package io.gatehouse.admin.openapi;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 text to the same tree as JSON. It works on the library's events, which come without
 * recursion, and not on its composer: so depth, number of values and what aliases stand for are
 * bounded while the text is read.
 */
final class YamlParser {

  static final int MOST_ALIASES = 5_000;

  private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
  private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
  private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final String CORE_TAG = "tag:yaml.org,2002:";

  private final TreeBuilder tree = new TreeBuilder();
  private final Map<Anchor, TreeBuilder.Grown> anchors = new HashMap<>();
  private final Deque<Optional<Anchor>> openAnchors = new ArrayDeque<>();
  private int aliases;
  private int documents;

  private YamlParser() {}

  static JsonValue parse(String text) {
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(DocumentParser.MOST_BYTES).build();
    YamlParser parser = new YamlParser();
    try {
      for (Event event : new Parse(settings).parseString(text)) {
        parser.feedAt(event);
      }
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark();
      throw DocumentParser.invalidAt(
          mark.map(Mark::getLine).orElse(0) + 1,
          mark.map(Mark::getColumn).orElse(0) + 1,
          e.getProblem() == null ? "this is not YAML" : e.getProblem());
    } catch (YamlEngineException e) {
      throw DocumentParser.invalid("The document is not YAML: " + firstLine(e.getMessage()));
    }
    if (parser.tree.root() == null) {
      throw DocumentParser.invalid("The document is empty");
    }
    return parser.tree.root();
  }

  private void feedAt(Event event) {
    try {
      feed(event);
    } catch (TreeBuilder.Refused e) {
      Optional<Mark> mark = event.getStartMark();
      throw DocumentParser.invalidAt(
          mark.map(Mark::getLine).orElse(0) + 1,
          mark.map(Mark::getColumn).orElse(0) + 1,
          e.getMessage());
    }
  }

  private void feed(Event event) {
    switch (event.getEventId()) {
      case DocumentStart -> countDocument();
      case MappingStart -> start((CollectionStartEvent) event, true);
      case SequenceStart -> start((CollectionStartEvent) event, false);
      case MappingEnd, SequenceEnd -> end();
      case Scalar -> scalar((ScalarEvent) event);
      case Alias -> alias(((AliasEvent) event).getAlias());
      default -> {}
    }
  }

  private void countDocument() {
    if (++documents > 1) {
      throw new TreeBuilder.Refused("a second document begins here, only one can be imported");
    }
  }

  private void start(CollectionStartEvent event, boolean object) {
    refuseKey();
    checkTag(event.getTag(), object ? "map" : "seq");
    tree.start(object);
    openAnchors.push(event.getAnchor());
  }

  private void end() {
    TreeBuilder.Grown grown = tree.end();
    openAnchors.pop().ifPresent(anchor -> anchors.put(anchor, grown));
  }

  private void alias(Anchor anchor) {
    refuseKey();
    if (++aliases > MOST_ALIASES) {
      throw new TreeBuilder.Refused("more than " + MOST_ALIASES + " aliases");
    }
    TreeBuilder.Grown grown = anchors.get(anchor);
    if (grown == null) {
      throw new TreeBuilder.Refused(
          "the alias *" + anchor.getValue() + " stands for nothing before it, or for itself");
    }
    tree.alias(grown);
  }

  private void scalar(ScalarEvent event) {
    if (tree.wantsKey()) {
      if (event.isPlain() && event.getValue().equals("<<")) {
        throw new TreeBuilder.Refused("merge keys (<<) are no part of YAML 1.2: write them out");
      }
      tree.key(event.getValue());
    } else {
      JsonValue value = value(event);
      tree.scalar(value);
      event.getAnchor().ifPresent(a -> anchors.put(a, new TreeBuilder.Grown(value, 1)));
    }
  }

  private void refuseKey() {
    if (tree.wantsKey()) {
      throw new TreeBuilder.Refused("a key must be plain text");
    }
  }

  private static JsonValue value(ScalarEvent event) {
    String text = event.getValue();
    Optional<String> tag = event.getTag().filter(t -> !t.equals("!"));
    boolean plain = event.isPlain() && event.getTag().isEmpty();
    if (tag.isPresent()) {
      checkTag(tag, "str", "int", "float", "bool", "null");
      plain = !tag.get().equals(CORE_TAG + "str");
    }
    if (!plain) {
      return JSON.createValue(text);
    }
    if (NULL.matcher(text).matches()) {
      return JsonValue.NULL;
    }
    if (TRUE.matcher(text).matches()) {
      return JsonValue.TRUE;
    }
    if (FALSE.matcher(text).matches()) {
      return JsonValue.FALSE;
    }
    return text.length() < 1000 && NUMBER.matcher(text).matches()
        ? DocumentParser.number(text)
        : JSON.createValue(text);
  }

  private static void checkTag(Optional<String> tag, String... known) {
    if (tag.isEmpty() || tag.get().equals("!")) {
      return;
    }
    for (String name : known) {
      if (tag.get().equals(CORE_TAG + name)) {
        return;
      }
    }
    throw new TreeBuilder.Refused(
        "the tag " + TreeBuilder.abbreviated(tag.get()) + " has no meaning here");
  }

  private static String firstLine(String message) {
    return message == null ? "" : TreeBuilder.abbreviated(message.lines().findFirst().orElse(""));
  }
}

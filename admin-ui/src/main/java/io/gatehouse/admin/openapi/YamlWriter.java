package io.gatehouse.admin.openapi;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/**
 * A JSON tree as YAML, which {@link YamlParser} and parsers of YAML 1.1 read as the same tree:
 * texts are quoted, and so are keys that could be taken for something else.
 */
final class YamlWriter {

  private static final Pattern PLAIN_KEY = Pattern.compile("[a-zA-Z/$][a-zA-Z0-9/_.${}-]*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
  private static final int LONGEST_KEY = 1000;

  private final List<Event> events = new ArrayList<>();

  private YamlWriter() {}

  static String write(JsonObject tree) {
    YamlWriter writer = new YamlWriter();
    writer.events.add(new StreamStartEvent());
    writer.events.add(new DocumentStartEvent(true, Optional.empty(), Map.of()));
    writer.value(tree);
    writer.events.add(new DocumentEndEvent(false));
    writer.events.add(new StreamEndEvent());
    DumpSettings settings =
        DumpSettings.builder()
            .setSplitLines(false)
            .setMaxSimpleKeyLength(LONGEST_KEY)
            .setUseUnicodeEncoding(true)
            .build();
    return new Present(settings).emitToString(writer.events.iterator());
  }

  private void value(JsonValue value) {
    switch (value) {
      case JsonObject object -> mapping(object);
      case JsonArray array -> sequence(array);
      case JsonString text -> scalar(text.getString(), ScalarStyle.DOUBLE_QUOTED);
      default -> scalar(value.toString(), ScalarStyle.PLAIN);
    }
  }

  private void mapping(JsonObject object) {
    events.add(new MappingStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
    object.forEach(
        (name, member) -> {
          scalar(name, isPlain(name) ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
          value(member);
        });
    events.add(new MappingEndEvent());
  }

  private void sequence(JsonArray array) {
    events.add(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
    array.forEach(this::value);
    events.add(new SequenceEndEvent());
  }

  private void scalar(String text, ScalarStyle style) {
    events.add(
        new ScalarEvent(
            Optional.empty(), Optional.empty(), new ImplicitTuple(true, true), text, style));
  }

  private static boolean isPlain(String key) {
    return PLAIN_KEY.matcher(key).matches() && !WORDS.contains(key.toLowerCase(Locale.ROOT));
  }
}

package io.gatehouse.admin.whole;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.admin.whole.WireCall.Line;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;

/** All that somebody may send to one operation with ill will, made of the operation's shape. */
final class Hostility {

  private static final String HERE = "@@here@@";

  /** JSON texts, at least one of each type, and what is hard to digest of some. */
  private static final List<String> VALUES =
      List.of(
          "1",
          "-1",
          "1.5",
          "1e400",
          "99999999999999999999",
          "true",
          "\"\"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"" + "x".repeat(5_000) + "\"",
          "null",
          "[]",
          "{}",
          "[null]",
          "[[[\"x\"]]]",
          "{\"a\":{\"b\":[\"c\"]}}",
          "{\"\":\"\"}");

  /** Those that a member inside another one gets. */
  private static final List<String> DEEP_VALUES =
      List.of("1", "-1", "1e400", "true", "\"\"", "\"\\u0000\"", "null", "[]", "{}", "[null]");

  private static final List<String> LABELS =
      List.of(
          "%",
          "%zz",
          "%00",
          "%FF",
          "%C0%80",
          "a%2Fb",
          "..",
          "%2e%2e",
          "%0d%0aX:1",
          "'%20or%201=1",
          "%F0%9F%98%80",
          "{x}",
          "$%7Bx%7D",
          "x".repeat(5_000));

  private static final List<String> PARAMETERS =
      List.of(
          "abc",
          "-1",
          "0",
          "1e9",
          "99999999999",
          "%zz",
          "%FF",
          "%00",
          "",
          "LTE",
          "OTk5OTk5OTk5OTk5OTk5OTk5OTk",
          "x".repeat(5_000));

  private static final List<String> PATCH_PATHS =
      List.of(
          "",
          "/",
          "//",
          "/~",
          "/~2",
          "x",
          "/a/b/c/d/e/f",
          "/name",
          "/description",
          "/policy",
          "/minimumCompressionSize",
          "/binaryMediaTypes/x",
          "/endpointConfiguration/types/EDGE",
          "/variables/a",
          "/throttle/rateLimit",
          "/quota/limit",
          "/apiStages",
          "/apiStages/x:y/throttle",
          "/canarySettings/percentTraffic",
          "/*/*/throttling/rateLimit",
          "/timeoutInMillis",
          "/requestParameters/a",
          "/responseTemplates/a",
          "/statusCode",
          "/schema",
          "/authorizerResultTtlInSeconds",
          "/providerARNs",
          "/properties",
          "/stages",
          "/tlsConfig/insecureSkipVerification",
          "/throttleSettings/rateLimit",
          "/pathPart",
          "/remaining",
          "/accessLogSettings/format");

  private static final List<String> PATCH_VALUES = List.of("\"-1\"", "\"1e999\"", "null");

  private final WireCall call;
  private final World world;

  Hostility(WireCall call, World world) {
    this.call = call;
    this.world = world;
  }

  /** A call and what is wrong with it. */
  record Attack(String what, Line line) {}

  List<Attack> attacks() {
    List<Attack> attacks = new ArrayList<>();
    for (SdkField<?> field : call.request()) {
      if (field.location() == MarshallLocation.PATH) {
        labels(field, attacks);
      } else if (field.location() == MarshallLocation.QUERY_PARAM) {
        parameters(field, attacks);
      } else if (field.location() == MarshallLocation.PAYLOAD && !isRaw(field)) {
        members(field, attacks);
      }
    }
    if (call.request().stream().anyMatch(f -> f.location() == MarshallLocation.PAYLOAD)) {
      bodies(attacks);
    }
    return attacks;
  }

  /** A call that has nothing wrong, as far as a shape can tell. */
  Line honest() {
    return call.line(with(Map.of()));
  }

  private void labels(SdkField<?> field, List<Attack> attacks) {
    String placeholder = "here" + field.memberName();
    Line line = call.line(with(Map.of(field.memberName(), JSON.createValue(placeholder))));
    for (String raw : LABELS) {
      attacks.add(
          new Attack(
              field.memberName() + " in the path is " + shown(raw),
              new Line(line.path().replace(placeholder, raw), line.query(), line.body())));
    }
  }

  private void parameters(SdkField<?> field, List<Attack> attacks) {
    Line line = honest();
    for (String raw : PARAMETERS) {
      String query = field.locationName() + "=" + raw;
      attacks.add(
          new Attack(
              "query " + shown(query),
              new Line(line.path(), joined(line.query(), query + "&" + query), line.body())));
    }
    attacks.add(
        new Attack(
            "a thousand parameters",
            new Line(line.path(), joined(line.query(), "a=b&".repeat(1_001)), line.body())));
  }

  private static String joined(String query, String more) {
    return query.isEmpty() ? more : query + "&" + more;
  }

  private void members(SdkField<?> field, List<Attack> attacks) {
    String name = field.memberName();
    for (JsonValue shape : places(field)) {
      Line line = call.line(with(Map.of(name, shape)));
      String body = new String(line.body(), UTF_8);
      for (String value : shape.equals(JSON.createValue(HERE)) ? VALUES : DEEP_VALUES) {
        byte[] hostile = body.replace("\"" + HERE + "\"", value).getBytes(UTF_8);
        attacks.add(
            new Attack(
                shape.toString().replace(HERE, shown(value)) + " as " + name,
                new Line(line.path(), line.query(), hostile)));
      }
    }
    if (name.equals("patchOperations")) {
      patches(attacks);
    }
  }

  /** The member itself, and each place inside it, with a mark where the value goes. */
  private static List<JsonValue> places(SdkField<?> field) {
    List<JsonValue> places = new ArrayList<>();
    places.add(JSON.createValue(HERE));
    if (field.marshallingType() == MarshallingType.LIST) {
      places(field.getTrait(ListTrait.class).memberFieldInfo())
          .forEach(inner -> places.add(JSON.createArrayBuilder().add(inner).build()));
    } else if (field.marshallingType() == MarshallingType.MAP) {
      places(field.getTrait(MapTrait.class).valueFieldInfo())
          .forEach(inner -> places.add(JSON.createObjectBuilder().add("k", inner).build()));
    } else if (field.marshallingType() == MarshallingType.SDK_POJO) {
      for (SdkField<?> part : ((SdkPojo) field.constructor().get()).sdkFields()) {
        places(part)
            .forEach(
                inner ->
                    places.add(JSON.createObjectBuilder().add(part.locationName(), inner).build()));
      }
    }
    return places;
  }

  private void patches(List<Attack> attacks) {
    for (String path : PATCH_PATHS) {
      PATCH_VALUES.forEach(value -> attacks.add(patch("replace", path, value)));
      attacks.add(patch("add", path, "\"1e999\""));
      attacks.add(patch("remove", path, "null"));
    }
  }

  private Attack patch(String op, String path, String value) {
    String operation =
        "{\"op\":\"%s\",\"path\":\"%s\",\"value\":%s,\"from\":\"/x\"}".formatted(op, path, value);
    byte[] body = ("{\"patchOperations\":[" + operation + "]}").getBytes(UTF_8);
    return new Attack(operation, body(honest(), body));
  }

  private void bodies(List<Attack> attacks) {
    Line honest = honest();
    String text = new String(honest.body(), UTF_8);
    String inside =
        text.startsWith("{") && text.length() > 2 ? text.substring(1, text.length() - 1) : "";
    String comma = inside.isEmpty() ? "" : ",";
    for (String body :
        List.of(
            "{" + inside + comma + inside + "}",
            "{" + inside + comma + "\"a\":1,\"a\":2}",
            "{" + inside + comma + "\"unknown\":{\"a\":[1,null]}}",
            "[" + text + "]",
            "\"text\"",
            "null",
            "{",
            "}",
            "{" + inside,
            text + text,
            "\uFEFF" + text,
            "{\"a\":NaN}",
            "{'a':1}",
            "{\"a\":" + "[".repeat(100_000),
            "{\"a\":".repeat(50_000))) {
      attacks.add(new Attack("body " + shown(body), body(honest, body.getBytes(UTF_8))));
    }
    ByteArrayOutputStream noText = new ByteArrayOutputStream();
    noText.writeBytes("{\"name\":\"".getBytes(UTF_8));
    noText.write(0xFF);
    noText.writeBytes("\"}".getBytes(UTF_8));
    attacks.add(new Attack("body that is no UTF-8", body(honest, noText.toByteArray())));
    int large = call.request().stream().anyMatch(Hostility::isRaw) ? 6 : 1;
    attacks.add(new Attack("a large body", body(honest, new byte[large * 1024 * 1024 + 1])));
  }

  private static Line body(Line line, byte[] body) {
    return new Line(line.path(), line.query(), body);
  }

  private JsonObject with(Map<String, JsonValue> members) {
    JsonObjectBuilder with = JSON.createObjectBuilder();
    for (SdkField<?> field : call.request()) {
      String name = field.memberName();
      JsonValue usual = Honest.member(call.operation(), field, world);
      if (members.containsKey(name)) {
        with.add(name, members.get(name));
      } else if (usual != null) {
        with.add(name, usual);
      }
    }
    return with.build();
  }

  private static boolean isRaw(SdkField<?> field) {
    return field.containsTrait(PayloadTrait.class)
        && field.marshallingType() == MarshallingType.SDK_BYTES;
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "... of " + text.length() : text;
  }
}

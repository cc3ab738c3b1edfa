package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the function of a proxy integration has returned (aws-behaviour 11.5, recorded:
 * lambda-integration.json). Whatever is wrong with it is told by the JSON pointer of the member.
 *
 * @param headers as the function wants them, those with several values first
 * @param body null where there is none
 */
record ProxyAnswer(int status, HeaderList headers, String body, boolean isBase64Encoded) {

  private static final int LOWEST_STATUS = 200;
  private static final int HIGHEST_STATUS = 599;
  private static final int LONGEST_NAME = 128;

  /** As much as HTTP backends may send. */
  private static final int MOST_HEADER_CHARACTERS = 64 << 10;

  private static final Set<String> MEMBERS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  /**
   * @throws GatewayException when it is none that a proxy integration takes
   */
  static ProxyAnswer read(String json, Budget budget) {
    Map<?, ?> members = members(json, budget);
    for (Object name : members.keySet()) {
      if (!MEMBERS.contains(name)) {
        throw malformed(
            pointer("", name),
            "is not one of statusCode, headers, multiValueHeaders, body, isBase64Encoded");
      }
    }
    return new ProxyAnswer(
        status(members.get("statusCode")),
        headers(members.get("headers"), members.get("multiValueHeaders"), budget),
        body(members.get("body")),
        flag(members.get("isBase64Encoded")));
  }

  private static Map<?, ?> members(String json, Budget budget) {
    Object value;
    try {
      value = Json.parse(json, budget);
    } catch (InvalidJson e) {
      throw malformed("", "is no JSON: " + e.getMessage());
    }
    if (value instanceof Map<?, ?> members) {
      return members;
    }
    throw malformed("", "must be an object and is " + kind(value));
  }

  private static int status(Object value) {
    BigDecimal number =
        switch (value) {
          case null -> BigDecimal.valueOf(200);
          case String text -> digits(text.strip());
          case Integer i -> BigDecimal.valueOf(i);
          case Number n -> decimal(n);
          default -> throw malformed("/statusCode", "must be a number and is " + kind(value));
        };
    if (number.signum() < 0
        || number.compareTo(BigDecimal.valueOf(LOWEST_STATUS)) < 0
        || number.compareTo(BigDecimal.valueOf(HIGHEST_STATUS)) > 0
        || number.stripTrailingZeros().scale() > 0) {
      throw malformed(
          "/statusCode", "must be a whole number from " + LOWEST_STATUS + " to " + HIGHEST_STATUS);
    }
    return number.intValue();
  }

  /** An HTTP status has three digits, whoever writes it as text. */
  private static BigDecimal digits(String text) {
    boolean three = text.length() == 3;
    for (int i = 0; i < text.length() && three; i++) {
      three = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!three) {
      throw malformed("/statusCode", "is a text that is no number of three digits");
    }
    return new BigDecimal(text);
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
  }

  /**
   * Those with several values come first and keep their spelling; a value that is in both is sent
   * once.
   */
  private static HeaderList headers(Object single, Object multi, Budget budget) {
    Map<?, ?> singles = object("/headers", single);
    Map<?, ?> multis = object("/multiValueHeaders", multi);
    budget.spend(singles.size() + multis.size());
    Map<String, List<String>> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    HeaderList out = new HeaderList();
    int room = MOST_HEADER_CHARACTERS;
    for (Map.Entry<?, ?> one : multis.entrySet()) {
      String pointer = named("/multiValueHeaders", one.getKey());
      String name = (String) one.getKey();
      for (String value : texts(pointer, one.getValue())) {
        room = roomAfter(room, pointer, name, value);
        out.add(name, value);
        sent.computeIfAbsent(name, n -> new ArrayList<>(2)).add(value);
      }
    }
    Map<String, String> spelling = spelling(multis);
    for (Map.Entry<?, ?> one : singles.entrySet()) {
      String pointer = named("/headers", one.getKey());
      String name = (String) one.getKey();
      String value = text(pointer, one.getValue());
      if (value != null && !sent.getOrDefault(name, List.of()).contains(value)) {
        room = roomAfter(room, pointer, name, value);
        out.add(spelling.getOrDefault(name, name), value);
      }
    }
    return out;
  }

  private static Map<String, String> spelling(Map<?, ?> headers) {
    Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.keySet().forEach(name -> spelling.putIfAbsent((String) name, (String) name));
    return spelling;
  }

  private static int roomAfter(int room, String pointer, String name, String value) {
    int left = room - name.length() - value.length();
    if (left < 0) {
      throw malformed(pointer, "makes the headers longer than 64 KB");
    }
    return left;
  }

  /** The pointer to a header whose name may be one. */
  private static String named(String parent, Object name) {
    String pointer = pointer(parent, name);
    if (!FieldValue.isName((String) name)) {
      throw malformed(pointer, "is no name that a header can have");
    }
    return pointer;
  }

  private static List<String> texts(String pointer, Object values) {
    if (!(values instanceof List<?> list)) {
      throw malformed(pointer, "must be a list and is " + kind(values));
    }
    List<String> texts = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String text = text(pointer + "/" + i, list.get(i));
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** The value of a header; null for none. */
  private static String text(String pointer, Object value) {
    String text = scalar(pointer, value);
    if (text != null && !FieldValue.isValid(text)) {
      throw malformed(pointer, "has a character that no header can have");
    }
    return text;
  }

  private static String body(Object value) {
    return scalar("/body", value);
  }

  private static String scalar(String pointer, Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean flag -> flag.toString();
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      default ->
          throw malformed(pointer, "must be a string, a number or a boolean and is " + kind(value));
    };
  }

  private static boolean flag(Object value) {
    return switch (value) {
      case null -> false;
      case Boolean flag -> flag;
      case String text when text.equals("true") -> true;
      case String text when text.equals("false") -> false;
      default -> throw malformed("/isBase64Encoded", "must be a boolean and is " + kind(value));
    };
  }

  private static Map<?, ?> object(String pointer, Object value) {
    return switch (value) {
      case null -> Map.of();
      case Map<?, ?> members -> members;
      default -> throw malformed(pointer, "must be an object and is " + kind(value));
    };
  }

  private static String kind(Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "a string";
      case Boolean flag -> "a boolean";
      case Number number -> "a number";
      case List<?> list -> "a list";
      default -> "an object";
    };
  }

  /** RFC 6901, of a name that is not too long to be read. */
  private static String pointer(String parent, Object name) {
    String text = (String) name;
    String cut = text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "...";
    return parent + "/" + cut.replace("~", "~0").replace("/", "~1");
  }

  /**
   * @param pointer empty for the whole
   */
  static GatewayException malformed(String pointer, String what) {
    return InvokeAnswer.malformedProxy(Reason.LAMBDA_ANSWER_MALFORMED)
        .with(InvokeAnswer.shown(pointer.isEmpty() ? "it " + what : pointer + " " + what));
  }
}

package io.gatehouse.model.definition;

import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.AUTHORIZER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.METHOD;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.MODEL;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.PATH_PARAMETER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.QUERY_PARAMETER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.REQUEST_BODY;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.REQUEST_HEADER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESOURCE;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESPONSE;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESPONSE_BODY;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESPONSE_HEADER;

import io.gatehouse.model.wire.ApiError;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartLocation;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartType;

/** Where a documentation part belongs: which members its type has, and what absent ones mean. */
final class PartLocation {

  private static final int LONGEST_MEMBER = 2048;

  private static final Set<DocumentationPartType> WITH_PATH =
      Set.of(
          RESOURCE,
          METHOD,
          PATH_PARAMETER,
          QUERY_PARAMETER,
          REQUEST_HEADER,
          REQUEST_BODY,
          RESPONSE,
          RESPONSE_HEADER,
          RESPONSE_BODY);
  private static final Set<DocumentationPartType> WITH_STATUS_CODE =
      Set.of(RESPONSE, RESPONSE_HEADER, RESPONSE_BODY);
  private static final Set<DocumentationPartType> NEED_NAME =
      Set.of(AUTHORIZER, MODEL, PATH_PARAMETER, QUERY_PARAMETER, REQUEST_HEADER, RESPONSE_HEADER);

  private PartLocation() {}

  /** The location without members that were sent empty. */
  static DocumentationPartLocation checked(DocumentationPartLocation given) {
    DocumentationPartType type = given.type();
    if (type == null || type == DocumentationPartType.UNKNOWN_TO_SDK_VERSION) {
      throw invalid("there is no type '" + given.typeAsString() + "'");
    }
    DocumentationPartLocation location =
        given.toBuilder()
            .path(Shapes.text(given.path()))
            .method(Shapes.text(given.method()))
            .statusCode(
                Optional.ofNullable(given.statusCode()).filter(s -> !s.isBlank()).orElse(null))
            .name(Shapes.text(given.name()))
            .build();
    Set<String> allowed = members(type);
    given(location)
        .forEach(
            (member, value) -> {
              if (!allowed.contains(member)) {
                throw invalid("type '" + type + "' has no " + member);
              }
              Shapes.checkLength("Documentation part location " + member, value, LONGEST_MEMBER);
            });
    if (location.name() == null && NEED_NAME.contains(type)) {
      throw invalid("type '" + type + "' needs a name");
    }
    if (location.path() != null && !location.path().startsWith("/")) {
      throw invalid("path must start with /");
    }
    if (location.method() != null
        && !location.method().equals("*")
        && !MethodRules.VERBS.contains(location.method())) {
      throw invalid("method must be * or one of " + String.join(",", MethodRules.VERBS));
    }
    if (location.statusCode() != null && !location.statusCode().matches("[1-5][0-9][0-9]|\\*")) {
      throw invalid("statusCode must be * or 100 to 599");
    }
    return location;
  }

  /** With the defaults filled in, so that two ways to write one place are equal. */
  static DocumentationPartLocation whole(DocumentationPartLocation location) {
    Set<String> members = members(location.type());
    DocumentationPartLocation.Builder whole = location.toBuilder();
    if (members.contains("path") && location.path() == null) {
      whole.path("/");
    }
    if (members.contains("method") && location.method() == null) {
      whole.method("*");
    }
    if (members.contains("statusCode") && location.statusCode() == null) {
      whole.statusCode("*");
    }
    return whole.build();
  }

  /** As the vendor spells a location in its sentences: {@code type 'RESOURCE', path '/pets'}. */
  static String text(DocumentationPartLocation location) {
    return "type '"
        + location.typeAsString()
        + "'"
        + given(location).entrySet().stream()
            .map(member -> ", " + member.getKey() + " '" + member.getValue() + "'")
            .collect(Collectors.joining());
  }

  private static Map<String, String> given(DocumentationPartLocation location) {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("path", location.path());
    given.put("method", location.method());
    given.put("statusCode", location.statusCode());
    given.put("name", location.name());
    given.values().removeIf(value -> value == null);
    return given;
  }

  private static Set<String> members(DocumentationPartType type) {
    Set<String> members = new HashSet<>();
    if (WITH_PATH.contains(type)) {
      members.add("path");
    }
    if (WITH_PATH.contains(type) && type != RESOURCE) {
      members.add("method");
    }
    if (WITH_STATUS_CODE.contains(type)) {
      members.add("statusCode");
    }
    if (NEED_NAME.contains(type) || type == REQUEST_BODY) {
      members.add("name");
    }
    return members;
  }

  private static ApiError invalid(String why) {
    return ApiError.badRequest("Invalid documentation part location specified: " + why);
  }
}

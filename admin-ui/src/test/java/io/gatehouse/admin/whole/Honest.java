package io.gatehouse.admin.whole;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** Values that operations take, so that a hostile one beside them is reached. */
final class Honest {

  /** Members of bodies that are needed, or that lead deeper. */
  private static final Map<String, String> VALUES = new HashMap<>();

  private static final Set<String> NAMED = Set.of("restApiId", "keyId", "deploymentId");

  static {
    VALUES.put("name", "'honest'");
    VALUES.put("pathPart", "'p'");
    VALUES.put("authorizationType", "'NONE'");
    VALUES.put("keyType", "'API_KEY'");
    VALUES.put("contentType", "'application/json'");
    VALUES.put("schema", "'{}'");
    VALUES.put("properties", "'{}'");
    VALUES.put("location", "{'type': 'API'}");
    VALUES.put("identitySource", "'method.request.header.A'");
    VALUES.put("patchOperations", "[{'op': 'replace', 'path': '/description', 'value': 'x'}]");
    VALUES.put("tags", "{'a': 'b'}");
    VALUES.put("body", "'{}'");
    VALUES.put("domainName", "'honest.example.com'");
    VALUES.put("stageName", "'honest'");
    VALUES.put("documentationVersion", "'honest'");
    VALUES.put("PutIntegration type", "'MOCK'");
    VALUES.put("CreateAuthorizer type", "'TOKEN'");
    VALUES.put(
        "targetArns",
        "['arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/nlb/0123456789abcdef']");
    VALUES.put(
        "authorizerUri",
        "'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:f/invocations'");
  }

  private Honest() {}

  /** Null for a member that is better left out. */
  static JsonValue member(String operation, SdkField<?> field, World world) {
    String name = field.memberName();
    if (field.location() == MarshallLocation.PATH) {
      return JSON.createValue(world.label(name));
    }
    if (NAMED.contains(name)) {
      return JSON.createValue(world.label(name));
    }
    if (name.equals("startDate") || name.equals("endDate")) {
      return JSON.createValue("2026-06-01");
    }
    if (name.equals("tagKeys")) {
      return parsed("['a']");
    }
    if (field.location() != MarshallLocation.PAYLOAD) {
      return name.equals("format") ? JSON.createValue("csv") : null;
    }
    String value = VALUES.getOrDefault(operation + " " + name, VALUES.get(name));
    return value == null ? null : parsed(value);
  }

  private static JsonValue parsed(String text) {
    try (var reader = JSON.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readValue();
    }
  }
}

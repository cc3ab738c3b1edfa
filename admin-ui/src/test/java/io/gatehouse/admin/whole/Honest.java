package io.gatehouse.admin.whole;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** Values that operations take, so that a hostile one beside them is reached. */
final class Honest {

  /** A smallest archive in base64. */
  static final String ZIP = Base64.getEncoder().encodeToString(archive());

  /** Members of bodies that are needed, or that lead deeper. */
  private static final Map<String, String> VALUES = new HashMap<>();

  private static final Set<String> NAMED = Set.of("restApiId", "keyId", "deploymentId");

  static {
    VALUES.put("Runtime", "'nodejs20.x'");
    VALUES.put("Handler", "'a.b'");
    VALUES.put("Code", "{'ZipFile': '" + ZIP + "'}");
    VALUES.put("UpdateFunctionCode ZipFile", "'" + ZIP + "'");
    VALUES.put("Content", "{'ZipFile': '" + ZIP + "'}");
    VALUES.put("FunctionVersion", "'1'");
    VALUES.put("CreateAlias Name", "'fresh'");
    VALUES.put("StatementId", "'fresh'");
    VALUES.put("Action", "'lambda:InvokeFunction'");
    VALUES.put("Principal", "'apigateway.amazonaws.com'");
    VALUES.put("ReservedConcurrentExecutions", "1");
    VALUES.put("MaximumRetryAttempts", "1");
    VALUES.put("Tags", "{'a': 'b'}");
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

  private static byte[] archive() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a.js"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private Honest() {}

  /** Null for a member that is better left out. */
  static JsonValue member(String operation, SdkField<?> field, World world) {
    String name = field.memberName();
    if (field.location() == MarshallLocation.PATH) {
      return JSON.createValue(world.label(name));
    }
    if (name.equals("Role")) {
      return JSON.createValue("arn:aws:iam::" + world.account() + ":role/r");
    }
    if (operation.equals("CreateFunction") && name.equals("FunctionName")) {
      return JSON.createValue("honest");
    }
    if (name.equals("Arn")) {
      return JSON.createValue("arn:aws:lambda:us-east-1:" + world.account() + ":layer:shared:1");
    }
    if (NAMED.contains(name)) {
      return JSON.createValue(world.label(name));
    }
    if (name.equals("startDate") || name.equals("endDate")) {
      return JSON.createValue("2026-06-01");
    }
    if (name.equals("tagKeys") || name.equals("TagKeys")) {
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

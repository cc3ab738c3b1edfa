package io.gatehouse.admin.sdk;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import java.io.StringReader;

/** An API whose author tries to get code into what others will run. */
final class HostileApi {

  /** What must not be seen in a document or in code, whatever stands around it. */
  static final String MARK = "pwned";

  private static final String TEXT =
      """
      {"openapi": "3.0.1",
       "info": {"title": "Pet*/ pwned \\"'''`", "description": "it's \\u0000 */ \\n=end\\n#{pwned} ${pwned} \\\\ <% x %>"},
       "servers": [{"url": "http://pwned/"}],
       "paths": {
         "/pets/{id+}": {"x-amazon-apigateway-any-method": {
           "operationId": "../../pwned", "tags": ["../../pwned"], "x-class-extra-annotation": "pwned",
           "parameters": [
             {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
             {"name": "q\\"); pwned(\\"", "in": "query", "schema": {"type": "string"}}],
           "responses": {"200": {"description": "*/ x", "content": {
             "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}},
             "a'*/pwned": {"schema": {"$ref": "file:///etc/pwned"}}}}}}},
         "/p\\"; pwned(); //": {"get": {"responses": {"200": {"description": "ok"}}}}},
       "components": {"schemas": {
         "../../Pwned": {"type": "object"},
         "Pet": {"title": "*/ x", "type": "object", "x-implements": ["pwned"], "required": ["name"],
           "properties": {
             "name": {"type": "string", "pattern": "^\\"pwned$", "example": "pwned*/", "default": "\\"; pwned()"},
             "x-kind": {"type": "string", "enum": ["cat", "dog"]},
             "bad": {"type": "string", "enum": ["\\"; pwned();//"]},
             "na\\"me */ pwned": {"type": "string"},
             "other": {"$ref": "http://169.254.169.254/pwned"}}}}}}
      """;

  private HostileApi() {}

  static JsonObject document() {
    return read(TEXT);
  }

  static JsonObject read(String text) {
    try (var reader = jakarta.json.Json.createReader(new StringReader(text))) {
      return JSON.createObjectBuilder(reader.readObject()).build();
    }
  }
}

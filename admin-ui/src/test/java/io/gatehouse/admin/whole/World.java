package io.gatehouse.admin.whole;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.awsface.ManagementApi;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;

/** An account with one of everything that can be made, and how its things are addressed. */
final class World {

  private static final Map<String, WireCall> CALLS = new HashMap<>(WireCall.ofFunctions());

  static {
    CALLS.putAll(WireCall.all());
  }

  private final ManagementApi api;
  private final String account;
  private final Map<String, String> labels = new HashMap<>();

  World(ManagementApi api, String account) {
    this.api = api;
    this.account = account;
    labels.putAll(
        Map.of(
            "httpMethod", "GET",
            "statusCode", "200",
            "stageName", "prod",
            "modelName", "Empty",
            "responseType", "DEFAULT_4XX",
            "exportType", "oas30",
            "sdkType", "javascript",
            "basePath", "(none)",
            "documentationVersion", "v1",
            "domainName", "d" + account + ".example.com"));
    apis();
    others();
    functions();
  }

  private void functions() {
    labels.putAll(
        Map.of(
            "FunctionName", "hostile",
            "Name", "prod",
            "StatementId", "s",
            "LayerName", "shared",
            "VersionNumber", "1",
            "Resource", "arn:aws:lambda:us-east-1:" + account + ":function:hostile"));
    make(
        "CreateFunction",
        "{'FunctionName': 'hostile', 'Runtime': 'nodejs20.x', 'Handler': 'a.b', 'Role':"
            + " 'arn:aws:iam::"
            + account
            + ":role/r', 'Code': {'ZipFile': '"
            + Honest.ZIP
            + "'}}");
    make("PublishVersion", "{'FunctionName': 'hostile'}");
    make("CreateAlias", "{'FunctionName': 'hostile', 'Name': 'prod', 'FunctionVersion': '1'}");
    make(
        "AddPermission",
        "{'FunctionName': 'hostile', 'StatementId': 's', 'Action': 'lambda:*', 'Principal': '*'}");
    make("PutFunctionEventInvokeConfig", "{'FunctionName': 'hostile', 'MaximumRetryAttempts': 1}");
    make(
        "PublishLayerVersion",
        "{'LayerName': 'shared', 'Content': {'ZipFile': '" + Honest.ZIP + "'}}");
  }

  String account() {
    return account;
  }

  /** The value of a member of the path that names the thing of this account. */
  String label(String member) {
    return labels.getOrDefault(member, "nothing");
  }

  private void apis() {
    JsonObject made = make("CreateRestApi", "{'name': 'hostile'}");
    labels.put("restApiId", made.getString("id"));
    labels.put("resourceId", made.getString("rootResourceId"));
    labels.put("parentId", made.getString("rootResourceId"));
    labels.put("resourceArn", "arn:aws:apigateway:us-east-1::/restapis/" + made.getString("id"));
    String method =
        "{'restApiId': '<restApiId>', 'resourceId': '<resourceId>', 'httpMethod': 'GET'";
    make("PutMethod", method + ", 'authorizationType': 'NONE'}");
    make("PutMethodResponse", method + ", 'statusCode': '200'}");
    make(
        "PutIntegration",
        method
            + ", 'type': 'MOCK', 'requestTemplates': {'application/json': '{\\'statusCode\\': 200}'}}");
    make("PutIntegrationResponse", method + ", 'statusCode': '200'}");
    make("CreateDeployment", "{'restApiId': '<restApiId>', 'stageName': 'prod'}", "deploymentId");
    make(
        "CreateAuthorizer",
        "{'restApiId': '<restApiId>', 'name': 'a', 'type': 'TOKEN', 'identitySource':"
            + " 'method.request.header.A', 'authorizerUri':"
            + " 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:f/invocations'}",
        "authorizerId");
    make(
        "CreateRequestValidator",
        "{'restApiId': '<restApiId>', 'name': 'v'}",
        "requestValidatorId");
    make(
        "CreateDocumentationPart",
        "{'restApiId': '<restApiId>', 'location': {'type': 'API'}, 'properties': '{}'}",
        "documentationPartId");
    make(
        "CreateDocumentationVersion", "{'restApiId': '<restApiId>', 'documentationVersion': 'v1'}");
  }

  private void others() {
    make("CreateApiKey", "{'name': 'k', 'enabled': true}", "apiKey");
    labels.put("keyId", label("apiKey"));
    make(
        "CreateUsagePlan",
        "{'name': 'p', 'apiStages': [{'apiId': '<restApiId>', 'stage': 'prod'}]}",
        "usagePlanId");
    make(
        "CreateUsagePlanKey",
        "{'usagePlanId': '<usagePlanId>', 'keyId': '<apiKey>', 'keyType': 'API_KEY'}");
    make(
        "CreateVpcLink",
        "{'name': 'l', 'targetArns':"
            + " ['arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/nlb/0123456789abcdef']}",
        "vpcLinkId");
    JsonObject certificate = make("GenerateClientCertificate", "{}");
    labels.put("clientCertificateId", certificate.getString("clientCertificateId", "none"));
    make(
        "CreateDomainName",
        "{'domainName': '<domainName>', 'regionalCertificateArn':"
            + " 'arn:aws:acm:us-east-1:111111111111:certificate/1', 'endpointConfiguration':"
            + " {'types': ['REGIONAL']}}");
    make(
        "CreateBasePathMapping",
        "{'domainName': '<domainName>', 'restApiId': '<restApiId>', 'stage': 'prod'}");
  }

  private void make(String operation, String members, String label) {
    labels.put(label, make(operation, members).getString("id", "none"));
  }

  private JsonObject make(String operation, String members) {
    String text = members.replace("\\'", "\\\"").replace('\'', '"');
    for (Map.Entry<String, String> label : labels.entrySet()) {
      text = text.replace("<" + label.getKey() + ">", label.getValue());
    }
    return CALLS.get(operation).call(api, account, parsed(text));
  }

  private static JsonObject parsed(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** For members of bodies that name a thing. */
  Map<String, JsonValue> named() {
    Map<String, JsonValue> values = new HashMap<>();
    labels.forEach((name, value) -> values.put(name, JSON.createValue(value)));
    return values;
  }
}

package io.gatehouse.e2e;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;

/** An API with a key before the demo's sample backend, published through the SDK. */
record PetStore(String apiId, String keyId, String key, String planId) {

  static final String STAGE = "dev";

  static String document(String backend) {
    return """
        openapi: 3.0.1
        info: {title: Pets, version: "1.0"}
        paths:
          /pets:
            get:
              security: [{api_key: []}]
              responses: {"200": {description: ok}}
              x-amazon-apigateway-integration:
                {type: http_proxy, httpMethod: GET, uri: "http://${stageVariables.backend}/pets"}
          /pets/{petId}:
            get:
              parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
              responses: {"200": {description: ok}}
              x-amazon-apigateway-integration:
                type: http_proxy
                httpMethod: GET
                uri: "http://${stageVariables.backend}/pets/{petId}"
                requestParameters: {integration.request.path.petId: method.request.path.petId}
          /echo/{proxy+}:
            x-amazon-apigateway-any-method:
              parameters: [{name: proxy, in: path, required: true, schema: {type: string}}]
              x-amazon-apigateway-integration:
                type: http_proxy
                httpMethod: ANY
                uri: "http://${stageVariables.backend}/echo/{proxy}"
                requestParameters: {integration.request.path.proxy: method.request.path.proxy}
          /health:
            get:
              responses: {"200": {description: ok}}
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: {application/json: '{"statusCode": 200}'}
                responses: {default: {statusCode: "200", responseTemplates: {application/json: '{"ok": true}'}}}
        components:
          securitySchemes:
            api_key: {type: apiKey, name: x-api-key, in: header}
        """
        .replace("http://${stageVariables.backend}", backend);
  }

  /**
   * The same API, neither deployed nor with a key.
   *
   * @return its id
   */
  static String imported(Installation installation, String name) {
    String document =
        document(installation.get("GATEHOUSE_SAMPLE_BACKEND_URL"))
            .replace("title: Pets", "title: " + name);
    return installation
        .apiGateway()
        .importRestApi(r -> r.body(SdkBytes.fromUtf8String(document)))
        .id();
  }

  static PetStore publish(Installation installation, ApiGatewayClient client) {
    String document = document(installation.get("GATEHOUSE_SAMPLE_BACKEND_URL"));
    String apiId = client.importRestApi(r -> r.body(SdkBytes.fromUtf8String(document))).id();
    client.createDeployment(r -> r.restApiId(apiId).stageName(STAGE));
    var key = client.createApiKey(r -> r.name("customer of " + apiId).enabled(true));
    String planId =
        client
            .createUsagePlan(
                r -> r.name("plan of " + apiId).apiStages(s -> s.apiId(apiId).stage(STAGE)))
            .id();
    client.createUsagePlanKey(r -> r.usagePlanId(planId).keyId(key.id()).keyType("API_KEY"));
    return new PetStore(apiId, key.id(), key.value(), planId);
  }
}

package io.gatehouse.admin.console.apis;

/** The pet store as an OpenAPI document, leading to the sample backend of this installation. */
final class SampleApi {

  private SampleApi() {}

  static String document(String backendUrl) {
    return TEXT.replace("BACKEND", backendUrl);
  }

  private static final String TEXT =
      """
      {
        "openapi": "3.0.1",
        "info": { "title": "PetStore", "version": "1.0", "description": "A first API to try." },
        "paths": {
          "/pets": {
            "get": {
              "summary": "All pets",
              "responses": { "200": { "description": "The pets" } },
              "x-amazon-apigateway-integration": {
                "type": "http_proxy", "httpMethod": "GET", "uri": "BACKEND/pets"
              }
            },
            "post": {
              "summary": "Take in a pet; callers need an API key in a usage plan",
              "security": [ { "api_key": [] } ],
              "responses": { "201": { "description": "The new pet" } },
              "x-amazon-apigateway-integration": {
                "type": "http_proxy", "httpMethod": "POST", "uri": "BACKEND/pets"
              }
            }
          },
          "/pets/{petId}": {
            "get": {
              "summary": "One pet",
              "parameters": [
                { "name": "petId", "in": "path", "required": true, "schema": { "type": "string" } }
              ],
              "responses": { "200": { "description": "The pet" } },
              "x-amazon-apigateway-integration": {
                "type": "http_proxy", "httpMethod": "GET", "uri": "BACKEND/pets/{petId}",
                "requestParameters": {
                  "integration.request.path.petId": "method.request.path.petId"
                }
              }
            }
          },
          "/status": {
            "get": {
              "summary": "Answered by the gateway alone",
              "responses": { "200": { "description": "Always well" } },
              "x-amazon-apigateway-integration": {
                "type": "mock",
                "requestTemplates": { "application/json": "{\\"statusCode\\": 200}" },
                "responses": { "default": { "statusCode": "200" } }
              }
            }
          }
        },
        "components": {
          "securitySchemes": {
            "api_key": { "type": "apiKey", "name": "x-api-key", "in": "header" }
          }
        }
      }
      """;
}

/**
 * OpenAPI and Swagger documents to definitions: pure functions from bytes. A document is hostile
 * input, so it is bounded while it is parsed, and what does not become part of the API is reported
 * with its place. Imitates the pages "Import a REST API" and "OpenAPI extensions" of the guide.
 */
package io.gatehouse.admin.openapi;

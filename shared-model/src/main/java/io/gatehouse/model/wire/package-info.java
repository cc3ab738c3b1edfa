/**
 * The vendor's wire shapes: AWS SDK model classes to and from JSON and HTTP requests. The only
 * package, beside {@code patch}, that touches the SDK's protected core API. Imitates the REST-JSON
 * protocol of API Gateway v1.
 */
package io.gatehouse.model.wire;

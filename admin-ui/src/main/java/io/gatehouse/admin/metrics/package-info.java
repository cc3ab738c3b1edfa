/**
 * What was counted of requests, as people and tools ask for it: charts of the console, and the
 * vendor's CloudWatch for the namespace {@code AWS/ApiGateway}.
 */
package io.gatehouse.admin.metrics;

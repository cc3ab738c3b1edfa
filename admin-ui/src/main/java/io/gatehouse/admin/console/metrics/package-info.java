/** Metrics of APIs, stages and methods: charts over time, each with its table. */
package io.gatehouse.admin.console.metrics;

/**
 * Clients for the APIs of tenants, generated from what a stage serves. The generator is OpenAPI
 * Generator's own program in a process of its own: what a tenant's document makes it do ends with
 * that process, at the latest when its time, memory or disk is used up, and none of its libraries
 * meets ours.
 */
package io.gatehouse.admin.sdk;

/** Root of the shared-model module. */
package io.gatehouse.model;

export function DeliveryList() { return null; }

"""SQL of the intake: items are copied into temporary tables, checked against each other, and merged."""

TABLES = """
CREATE TEMPORARY TABLE incoming_item (
  line integer NOT NULL, product_id uuid NOT NULL, variant_id uuid NOT NULL,
  product text NOT NULL, sku text NOT NULL, category text NOT NULL,
  name_ko text NOT NULL, name_en text NOT NULL, price integer NOT NULL, stock integer NOT NULL,
  option_ko text NOT NULL, option_en text NOT NULL, summary_ko text NOT NULL, summary_en text NOT NULL,
  description_ko text NOT NULL, description_en text NOT NULL, maker_ko text NOT NULL, maker_en text NOT NULL,
  origin_ko text NOT NULL, origin_en text NOT NULL, weight_g integer NOT NULL, loved integer NOT NULL,
  active boolean NOT NULL, created_at timestamptz NOT NULL,
  search_name text NOT NULL, search_text text NOT NULL, search_initials text NOT NULL,
  question text NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE incoming_shot (
  line integer NOT NULL, id uuid NOT NULL, product text NOT NULL, position integer NOT NULL, name text NOT NULL,
  width integer NOT NULL, height integer NOT NULL, alt_ko text NOT NULL, alt_en text NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE outcome (products_new integer, products_changed integer, variants integer) ON COMMIT DROP
"""

COPY_ITEMS = "COPY incoming_item FROM STDIN"
COPY_SHOTS = "COPY incoming_shot FROM STDIN"

CATEGORY = """
INSERT INTO catalogue_category (id, slug, parent_id, position, name_ko, name_en, about_ko, about_en)
VALUES (%s, %s, (SELECT id FROM catalogue_category WHERE slug = %s), %s, %s, %s, %s, %s)
ON CONFLICT (slug) DO UPDATE SET parent_id = EXCLUDED.parent_id, position = EXCLUDED.position,
  name_ko = EXCLUDED.name_ko, name_en = EXCLUDED.name_en, about_ko = EXCLUDED.about_ko, about_en = EXCLUDED.about_en
"""

CLASHES = """
SELECT line, 'sku', other::text FROM (
  SELECT line, min(line) OVER (PARTITION BY sku) AS other FROM incoming_item
) AS same WHERE line <> other
UNION ALL
SELECT incoming.line, 'product', product.slug
FROM incoming_item incoming
JOIN catalogue_variant variant ON variant.sku = incoming.sku
JOIN catalogue_product product ON product.id = variant.product_id
WHERE product.slug <> incoming.product
ORDER BY 1 LIMIT 1000
"""

_FIRST_OF_EACH = """
CREATE TEMPORARY TABLE incoming_product ON COMMIT DROP AS
SELECT DISTINCT ON (incoming.product) incoming.*, category.id AS category_id, product.id AS known
FROM incoming_item incoming
JOIN catalogue_category category ON category.slug = incoming.category
LEFT JOIN catalogue_product product ON product.slug = incoming.product
ORDER BY incoming.product, incoming.line
"""

_PRODUCTS = """
INSERT INTO catalogue_product (
  id, slug, category_id, name_ko, name_en, summary_ko, summary_en, description_ko, description_en,
  maker_ko, maker_en, origin_ko, origin_en, price, weight_g, loved, active, created_at,
  search_name, search_text, search_initials)
SELECT product_id, product, category_id, name_ko, name_en, summary_ko, summary_en, description_ko, description_en,
  maker_ko, maker_en, origin_ko, origin_en, price, weight_g, loved, active, created_at,
  search_name, search_text, search_initials
FROM incoming_product ORDER BY line
ON CONFLICT (slug) DO UPDATE SET category_id = EXCLUDED.category_id, name_ko = EXCLUDED.name_ko,
  name_en = EXCLUDED.name_en, summary_ko = EXCLUDED.summary_ko, summary_en = EXCLUDED.summary_en,
  description_ko = EXCLUDED.description_ko, description_en = EXCLUDED.description_en,
  maker_ko = EXCLUDED.maker_ko, maker_en = EXCLUDED.maker_en, origin_ko = EXCLUDED.origin_ko,
  origin_en = EXCLUDED.origin_en, weight_g = EXCLUDED.weight_g, active = EXCLUDED.active,
  search_name = EXCLUDED.search_name, search_text = EXCLUDED.search_text,
  search_initials = EXCLUDED.search_initials
"""

_PRICES = """
CREATE TEMPORARY TABLE price_of ON COMMIT DROP AS
SELECT product.id AS product_id, variant.id AS variant_id,
       coalesce(incoming.price, product.price + variant.extra_price) AS price, variant.active
FROM incoming_product first
JOIN catalogue_product product ON product.slug = first.product
JOIN catalogue_variant variant ON variant.product_id = product.id
LEFT JOIN incoming_item incoming ON incoming.sku = variant.sku
"""

_VARIANTS = """
INSERT INTO catalogue_variant (id, product_id, sku, position, label_ko, label_en, extra_price, active)
SELECT incoming.variant_id, product.id, incoming.sku, incoming.line, incoming.option_ko, incoming.option_en, 0,
       incoming.active
FROM incoming_item incoming JOIN catalogue_product product ON product.slug = incoming.product
ORDER BY incoming.line
ON CONFLICT (sku) DO UPDATE SET position = EXCLUDED.position, label_ko = EXCLUDED.label_ko,
  label_en = EXCLUDED.label_en, active = EXCLUDED.active
"""

_BASE_PRICE = """
UPDATE catalogue_product product SET price = cheapest.price
FROM (
  SELECT product_id, coalesce(min(price) FILTER (WHERE active), min(price)) AS price FROM price_of GROUP BY product_id
) cheapest
WHERE product.id = cheapest.product_id AND product.price <> cheapest.price
"""

_EXTRA_PRICE = """
UPDATE catalogue_variant variant SET extra_price = greatest(price_of.price - product.price, 0)
FROM price_of JOIN catalogue_product product ON product.id = price_of.product_id
WHERE variant.id = price_of.variant_id AND variant.extra_price <> greatest(price_of.price - product.price, 0)
"""

_ACTIVE = """
UPDATE catalogue_product product SET active = shown.active
FROM (
  SELECT variant.product_id, bool_or(variant.active) AS active FROM catalogue_variant variant
  WHERE variant.product_id IN (SELECT product_id FROM price_of) GROUP BY variant.product_id
) shown WHERE product.id = shown.product_id AND product.active <> shown.active
"""

_LOCK_STOCK = """
SELECT stock.variant_id FROM catalogue_stock stock
WHERE stock.variant_id IN (
  SELECT variant.id FROM catalogue_variant variant JOIN incoming_item incoming ON incoming.sku = variant.sku)
ORDER BY stock.variant_id FOR UPDATE
"""

_STOCK = """
INSERT INTO catalogue_stock (variant_id, on_hand, reserved)
SELECT variant.id, incoming.stock, 0
FROM incoming_item incoming JOIN catalogue_variant variant ON variant.sku = incoming.sku
ORDER BY variant.id
ON CONFLICT (variant_id) DO UPDATE SET on_hand = greatest(EXCLUDED.on_hand, catalogue_stock.reserved)
"""

_OLD_PICTURES = """
DELETE FROM catalogue_picture USING catalogue_product product
WHERE catalogue_picture.product_id = product.id AND product.slug IN (SELECT product FROM incoming_shot)
"""

_PICTURES = """
INSERT INTO catalogue_picture (id, product_id, position, name, width, height, alt_ko, alt_en)
SELECT min(shot.id::text)::uuid, product.id,
       row_number() OVER (PARTITION BY product.id ORDER BY min(shot.line), min(shot.position)) - 1,
       shot.name, shot.width, shot.height, min(shot.alt_ko), min(shot.alt_en)
FROM incoming_shot shot JOIN catalogue_product product ON product.slug = shot.product
GROUP BY product.id, shot.name, shot.width, shot.height
"""

_OLD_QUESTIONS = """
DELETE FROM catalogue_question USING catalogue_product product
WHERE catalogue_question.product_id = product.id AND product.slug IN (SELECT product FROM incoming_product)
"""

_QUESTIONS = """
INSERT INTO catalogue_question (product_id, name)
SELECT product.id, incoming.question
FROM incoming_product incoming JOIN catalogue_product product ON product.slug = incoming.product
WHERE incoming.question <> ''
"""

_OUTCOME = """
INSERT INTO outcome SELECT count(*) FILTER (WHERE known IS NULL), count(*) FILTER (WHERE known IS NOT NULL),
  (SELECT count(*) FROM incoming_item) FROM incoming_product
"""

MERGE = (
    "CREATE INDEX ON incoming_item (sku)",
    "ANALYZE incoming_item",
    _FIRST_OF_EACH,
    _PRODUCTS,
    _VARIANTS,
    _PRICES,
    _BASE_PRICE,
    _EXTRA_PRICE,
    _ACTIVE,
    _OLD_PICTURES,
    _PICTURES,
    _OLD_QUESTIONS,
    _QUESTIONS,
    _OUTCOME,
    _LOCK_STOCK,
    _STOCK,
)
"""In this order. Stock is locked last and for the shortest time, in the order of ids."""

TALLY = "SELECT products_new, products_changed, variants FROM outcome"

ASKED = "SELECT name, count(*) FROM catalogue_question GROUP BY name ORDER BY name"

STATISTICS = "ANALYZE catalogue_category, catalogue_product, catalogue_variant, catalogue_stock, catalogue_picture"
